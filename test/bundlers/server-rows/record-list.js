// For `visit-server-rows.ts`: what a visitor sees of the list, in order, from before anything of the app has run.
globalThis.seen = []

document.addEventListener('readystatechange', () => {
  if (document.readyState !== 'interactive') return
  globalThis.drawnByServer = document.querySelector('ul')
  look()
  new MutationObserver(look).observe(document, {
    subtree: true,
    childList: true,
    characterData: true,
    attributes: true,
  })
})

function look() {
  const list = document.querySelector('ul')
  const titles = [...(list?.children ?? [])].map((item) => item.textContent.trim())
  const state = list?.getAttribute('aria-busy') === 'true' ? 'stale' : 'live'
  const shown = list === null ? 'no list' : `${state}: ${titles.join(', ')}`
  if (globalThis.seen.at(-1) !== shown) globalThis.seen.push(shown)
}
