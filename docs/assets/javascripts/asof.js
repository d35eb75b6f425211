/* As it stood: shows an incident page as it could be known at the end of a day, or at a minute of it, by its address:
   ?asof=2024-03-23 or ?asof=2024-03-23T12:00. Dates of the page are in data-known (from when on a part could be known)
   and data-then (what a figure was, or which figure stood in the box, from each moment on). Nothing is added to the
   record: parts are shown and hidden, and what carries no date of its own is of today and hidden. */
(() => {
  "use strict"
  const OFF = "as-of-off", SHELL = "as-of-shell"
  const STATUSES = ["current", "disputed", "superseded"]
  const ALWAYS = "h1, .as-of-banner, .as-of-hint, .fact-box, .review, .notice" // but they keep no heading
  let page = null

  const all = (selector, within = page.article) => Array.from(within.querySelectorAll(selector))
  const end = at => at.length === 10 ? `${at}T23:59` : at
  const off = element => element.classList.add(OFF)
  const isOff = element => element.closest(`.${OFF}`) !== null || element.classList.contains(SHELL)

  const words = at => {
    const day = new Date(`${at.slice(0, 10)}T00:00Z`)
    return day.toLocaleDateString("en-GB", {day: "numeric", month: "long", year: "numeric", timeZone: "UTC"})
  }
  const moment = at => at.length === 10 ? "at the end of that day" : `at ${at.slice(11)}`

  const isMoment = text => {
    if (!/^\d{4}-\d\d-\d\d(T\d\d:\d\d)?$/.test(text)) return false
    const date = new Date(`${end(text)}Z`)
    return !isNaN(date) && date.toISOString().startsWith(text)
  }

  /* The last entry of «2024-03-22 k4;2024-03-23 k19 range 133–150» that is not later than the limit: its words. */
  const pick = (list, limit) => list.split(";").map(each => each.split(" "))
    .filter(([at]) => end(at) <= limit).map(([, ...rest]) => rest).pop()

  const make = (tag, properties = {}, ...children) => {
    const element = Object.assign(document.createElement(tag), properties)
    element.append(...children)
    return element
  }

  /* Copies of what stands in a cell before a certain element. */
  const before = (cell, selector) => {
    const nodes = Array.from(cell.childNodes)
    const stop = nodes.findIndex(node => node.nodeType === 1 && node.matches(selector))
    const copies = nodes.slice(0, stop < 0 ? nodes.length : stop).map(node => node.cloneNode(true))
    const closing = copies[copies.length - 1]
    if (closing && closing.nodeType === 3) closing.data = closing.data.trimEnd()
    return copies
  }

  /* A row of the table of figures in the form of the fact box. */
  const inBox = (row, range) => {
    const number = row.querySelector("td.number"), who = row.querySelector("td.who")
    const counted = who.querySelector(".counted")
    return make("dd", {className: "as-of-figure"},
      make("strong", {className: "number"}, ...before(number, ".marks")),
      ...all(".marks", number).map(marks => marks.cloneNode(true)), " ",
      make("span", {className: "range"}, range), " ",
      make("small", {className: "provenance"},
        "as of ", ...before(row.querySelector("td.when"), "small"), ", ", ...before(who, ".counted, q, .note"),
        counted ? `; ${counted.textContent}` : ""))
  }

  const restore = () => {
    all(`.${OFF}`, document).forEach(element => element.classList.remove(OFF))
    all(`.${SHELL}`).forEach(element => element.classList.remove(SHELL))
    all(".as-of-figure").forEach(element => element.remove())
    all(".then").forEach(element => { element.hidden = true })
    page.statuses.forEach((status, row) => setStatus(row, status, ""))
  }

  const setStatus = (row, status, suffix) => {
    row.classList.remove(...STATUSES)
    row.classList.add(status)
    row.querySelector(".status").textContent = status + suffix
  }

  const hideItems = limit => {
    all("[data-known]").filter(each => !each.dataset.known || end(each.dataset.known) > limit).forEach(off)
    all(".now, .corroboration").forEach(off)
    // An item that was disclosed later than the reply to it: the reply is shown alone.
    all(`.${OFF}`).reverse().filter(each => each.querySelector(`:scope > .replies > [data-known]:not(.${OFF})`))
      .forEach(each => each.classList.replace(OFF, SHELL))
  }

  const showFigures = limit => {
    page.statuses.forEach((today, row) => {
      const [status] = (row.dataset.then && pick(row.dataset.then, limit)) || [today]
      setStatus(row, status, status === "superseded" ? "" : " then")
    })
    all("table.figures tbody").filter(body => !body.querySelector(`tr[data-known]:not(.${OFF})`)).forEach(off)
    all(".fact[data-then]").forEach(fact => {
      const [id, ...range] = pick(fact.dataset.then, limit) || ["-"]
      const row = document.getElementById(id)
      if (!row) return off(fact)
      off(fact.querySelector("dd"))
      fact.append(inBox(row, range.join(" ")))
    })
  }

  /* Sources that are later than the moment stay, faint, only where something that is shown rests on them. */
  const showSources = () => {
    const cited = new Set(all("[data-known] .marks a, [data-then] .marks a").filter(each => !isOff(each))
      .map(each => each.hash.slice(1)))
    all("ol.sources > li").forEach(source => {
      const later = source.classList.contains(OFF)
      source.classList.toggle("as-of-later", later)
      if (later && cited.has(source.id)) source.classList.remove(OFF)
    })
  }

  const hideLinks = () => {
    const links = all("a[href^='#']").filter(link => !link.matches(".headerlink, .anchor"))
    links.filter(link => {
      const target = document.getElementById(link.getAttribute("href").slice(1))
      return target && isOff(target)
    }).forEach(off)
    all(".pointer").filter(each => each.querySelector(`a.${OFF}`)).forEach(off)
    all(`.pointer:not(.${OFF})`).forEach(each => {
      const first = !all(".pointer", each.parentElement).find(other => !other.classList.contains(OFF) && other !== each &&
        other.compareDocumentPosition(each) & Node.DOCUMENT_POSITION_FOLLOWING)
      if (first) all(".part", each).forEach(off)
    })
    all(".then").forEach(each => { each.hidden = false })
    all(".replied").forEach(each => {
      const open = each.querySelector(`.pointer:not(.${OFF})`)
      if (!open) off(each)
      if (each.nextElementSibling) each.nextElementSibling.hidden = Boolean(open)
    })
  }

  const hideEmpty = () => {
    all(".item dd").filter(each => {
      const links = all("a", each)
      return links.length && links.every(link => link.closest(`.${OFF}`))
    }).forEach(off)
    all("dt").forEach(term => {
      const values = []
      for (let next = term.nextElementSibling; next && next.matches("dd"); next = next.nextElementSibling) values.push(next)
      if (values.every(value => value.classList.contains(OFF))) off(term)
    })
    let inPart = false, inSection = false
    Array.from(page.article.children).reverse().forEach(element => {
      if (element.matches("h3")) {
        if (!inPart) off(element)
        inSection = inSection || inPart
        inPart = false
      } else if (element.matches("h2")) {
        if (!inPart && !inSection) off(element)
        inPart = inSection = false
      } else if (element.matches(".as-of-control") || shows(element)) {
        inPart = true
      } else if (!element.matches(ALWAYS)) {
        off(element)
      }
    })
    all(".md-nav--secondary .md-nav__item", document).filter(entry => {
      const target = document.getElementById(decodeURIComponent(entry.querySelector("a").hash.slice(1)))
      return target && target.closest(`.${OFF}`)
    }).forEach(off)
  }

  const shows = element => element.matches("[data-known]") ? !element.classList.contains(OFF)
    : element.querySelector(`[data-known]:not(.${OFF})`) !== null

  const render = at => {
    restore()
    const {article, banner, hint, days, slider, output} = page
    article.classList.toggle("as-of", Boolean(at))
    banner.hidden = hint.hidden = !at
    const index = at ? days.filter(day => day <= at.slice(0, 10)).length - 1 : days.length
    slider.value = index
    page.earlier.disabled = index === 0
    page.later.disabled = !at
    output.textContent = at ? `${words(at)}, as it could be known ${moment(at)}` : "Now"
    slider.setAttribute("aria-valuetext", output.textContent)
    page.message.textContent = ""
    if (!at) return
    banner.querySelector("b").textContent = `As it stood on ${words(at)}`
    banner.querySelector("span").textContent = `, ${moment(at)}`
    hideItems(end(at))
    showFigures(end(at))
    showSources()
    hideLinks()
    hideEmpty()
  }

  const address = at => {
    const url = new URL(location.href)
    url.searchParams.delete("asof")
    if (at) url.search += `${url.search ? "&" : "?"}asof=${at}`
    return url.href
  }

  /* The page by its address. What is no moment of this record is named, and the page shows what is known now. */
  const read = () => {
    if (!page) return
    const asked = new URLSearchParams(location.search).get("asof")
    const sound = asked && isMoment(asked) && asked.slice(0, 10) >= page.days[0] && asked.slice(0, 10) <= page.today
    render(sound ? asked : null)
    if (!asked || sound) return
    if (asked === "now") return history.replaceState(null, "", address(null))
    page.message.textContent = isMoment(asked)
      ? `This record can be shown as it stood from ${words(page.days[0])} on, until today; ${words(asked)} is outside that. You see it as it is now.`
      : `“${asked}” is not a day that can be shown; write one such as ${page.days[0]}. You see the record as it is now.`
  }

  /* One entry of the history for each movement, however many days it passes over. */
  const go = (at, settled) => {
    const moving = page.moving || Date.now() - page.settled < 1000
    history[moving ? "replaceState" : "pushState"](null, "", address(at))
    page.moving = !settled
    if (settled) page.settled = Date.now()
    render(at)
  }
  const day = index => page.days[index] || null
  const step = by => go(day(Math.min(page.days.length, Math.max(0, Number(page.slider.value) + by))), true)

  const setUp = () => {
    const control = document.querySelector(".as-of-control")
    if (!control || control.firstChild) return
    const article = control.closest("article")
    const today = new Date(Date.now() + 864e5 / 2).toISOString().slice(0, 10) // wherever on earth it is a day further on
    const days = control.dataset.days.split(" ").filter(each => each <= today)
    const slider = make("input", {type: "range", min: 0, max: days.length, step: 1, id: "as-of-day"})
    const output = make("output", {htmlFor: "as-of-day"})
    const message = make("p", {className: "as-of-message"})
    message.setAttribute("role", "status")
    const earlier = make("button", {type: "button", className: "md-button"}, "Earlier")
    const later = make("button", {type: "button", className: "md-button"}, "Later")
    const now = make("a", {href: address(null)}, "show now")
    const banner = make("p", {className: "as-of-banner", hidden: true}, make("b"), make("span"), " — ", now)
    const hint = make("p", {className: "as-of-hint fine", hidden: true},
      "Shown is what could be known then, as far as dates tell. The summary, notes and assessments are of today and hidden.")
    control.append(
      make("label", {htmlFor: "as-of-day"}, "Show this page as it could be known on"), output,
      make("div", {className: "as-of-buttons"}, earlier, slider, later), message)
    article.prepend(banner, hint)
    const rows = Array.from(article.querySelectorAll("table.figures tr[data-known]"))
    const statuses = new Map(rows.map(row => [row, row.querySelector(".status").textContent]))
    page = {article, banner, hint, days, slider, output, message, earlier, later, today, statuses, moving: false, settled: 0}
    slider.addEventListener("input", () => go(day(slider.value), false))
    slider.addEventListener("change", () => go(day(slider.value), true))
    earlier.addEventListener("click", () => step(-1))
    later.addEventListener("click", () => step(1))
    now.addEventListener("click", event => {
      event.preventDefault()
      go(null, true)
      slider.focus({preventScroll: true})
    })
    read()
  }

  // The theme's instant navigation writes the href of every link and image of a page; those in drawings can only be read.
  for (const drawn of [SVGAElement, SVGImageElement]) {
    const {get} = Object.getOwnPropertyDescriptor(drawn.prototype, "href")
    Object.defineProperty(drawn.prototype, "href", {get, set() {}, configurable: true})
  }

  addEventListener("popstate", read)
  if (window.document$) window.document$.subscribe(setUp)
  else setUp()
})()
