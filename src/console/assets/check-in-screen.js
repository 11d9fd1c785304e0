// The code on the screen of the hall, renewed as it changes. Without this the page loads itself anew.

const screen = document.getElementById('screen')

async function renew() {
  let wait = 3000
  try {
    const response = await fetch(`${screen.dataset.address}/code`, { signal: AbortSignal.timeout(5000) })
    if (response.status === 401 || response.status === 403) return location.reload()
    if (response.ok) {
      const { digits, picture, lasts } = await response.json()
      screen.querySelector('[data-part="digits"]').textContent = digits
      screen.querySelector('[data-part="picture"]').innerHTML = picture
      wait = lasts
    }
  } catch {
    // The network is away: the old code still holds for as long again.
  }
  setTimeout(renew, Math.max(500, wait + 200))
}

renew()
