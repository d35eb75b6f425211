/* Previews: what a link to an incident leads to (title, date, first figure), on hover and on focus. One file for all is
   fetched when the first link asks; without it, or without this script, links are links. */
(() => {
  "use strict"
  const root = new URL("../../", document.currentScript.src)
  const WAIT = 200 // ms: a pointer that only passes over opens nothing
  let all = null, tip = null, link = null, timer = 0

  const load = () => all ??= fetch(new URL("api/v1/previews.json", root)).then(each => each.ok ? each.json() : {}).catch(() => ({}))

  /* The id of the incident that a link of the text leads to, if it is another page than this one. */
  const idOf = anchor => {
    if (!(anchor instanceof HTMLAnchorElement) || !anchor.closest("article") || anchor.pathname === location.pathname) return null
    const base = `${root.pathname}incidents/`
    if (anchor.host !== root.host || !anchor.pathname.startsWith(base)) return null
    return anchor.pathname.slice(base.length).replace(/(index\.html|\/)$/, "") || null
  }

  const hide = () => {
    clearTimeout(timer)
    if (link) link.removeAttribute("aria-describedby")
    if (tip) tip.hidden = true
    link = null
  }

  const show = async anchor => {
    const said = (await load())[idOf(anchor)]
    if (!said || link !== anchor) return
    if (!tip || !tip.isConnected) {
      tip = Object.assign(document.createElement("div"), {id: "preview", className: "preview", hidden: true})
      tip.setAttribute("role", "tooltip")
      tip.addEventListener("pointerenter", () => clearTimeout(timer))
      tip.addEventListener("pointerleave", later)
      document.body.append(tip)
    }
    tip.replaceChildren(...[["b", said.title], ["span", said.when], ["span", said.figure]].filter(([, text]) => text)
      .map(([tag, text]) => Object.assign(document.createElement(tag), {textContent: text})))
    tip.hidden = false
    anchor.setAttribute("aria-describedby", tip.id)
    place()
  }

  const place = () => {
    const at = link.getClientRects()[0], box = tip.getBoundingClientRect()
    const below = at.bottom + 6 + box.height < innerHeight
    tip.style.left = `${Math.max(8, Math.min(at.left, innerWidth - box.width - 8))}px`
    tip.style.top = `${below ? at.bottom + 6 : Math.max(8, at.top - box.height - 6)}px`
  }

  const later = () => {
    clearTimeout(timer)
    timer = setTimeout(hide, WAIT)
  }
  const soon = (anchor, wait) => {
    if (link === anchor) return clearTimeout(timer)
    hide()
    link = anchor
    timer = setTimeout(() => show(anchor), wait)
  }

  addEventListener("pointerover", event => {
    const anchor = event.target.closest("a[href]")
    if (event.pointerType !== "touch" && anchor && idOf(anchor)) soon(anchor, WAIT)
    else if (link && !event.target.closest(".preview")) later()
  })
  addEventListener("focusin", event => {
    if (event.target.matches("a[href]:focus-visible") && idOf(event.target)) soon(event.target, 0)
    else hide()
  })
  addEventListener("keydown", event => { if (event.key === "Escape") hide() })
  // A link that gets the focus may scroll into sight: its preview follows, one that a pointer opened goes.
  addEventListener("scroll", () => {
    if (link !== document.activeElement) hide()
    else if (tip && !tip.hidden) place()
  }, {passive: true, capture: true})
})()
