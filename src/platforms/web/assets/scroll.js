const scroller = document.getElementById('scroller')

/** Whether the person was reading at the end; one who scrolled up to read is left there. */
let near = true
/** Where we scrolled to last, to tell our own scrolling from the person's. */
let ours = 0

scroller.addEventListener('scroll', () => {
  if (Math.abs(scroller.scrollTop - ours) < 2) return
  near = scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < 120
})

/** To the end, but no further than leaves the last question in sight: a long answer is read from its beginning. */
function toEnd() {
  const question = [...scroller.querySelectorAll('.turn-person')].at(-1)
  const end = scroller.scrollHeight - scroller.clientHeight
  const top = question ? question.offsetTop - scroller.offsetTop - 16 : end
  scroller.scrollTop = Math.max(0, Math.min(end, top))
  ours = scroller.scrollTop
  near = true
}

export const followEnd = {
  now: toEnd,
  /** @param node What has to be seen even if it stands further below. */
  ifNear(node) {
    if (!near) return
    toEnd()
    if (!node) return
    const below = node.offsetTop - scroller.offsetTop - 16
    scroller.scrollTop = Math.max(scroller.scrollTop, below)
    ours = scroller.scrollTop
  },
}
