const scroller = document.getElementById('scroller')

/** Whether the person was reading at the end; one who scrolled up to read is left there. */
let near = true

scroller.addEventListener('scroll', () => {
  near = scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < 120
})

function toEnd() {
  scroller.scrollTop = scroller.scrollHeight
  near = true
}

export const followEnd = {
  now: toEnd,
  ifNear() {
    if (near) toEnd()
  },
}
