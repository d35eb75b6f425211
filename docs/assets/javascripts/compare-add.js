/* On the page of an incident: marks it for the comparison and says how many are marked. Kept in this browser alone. */
(() => {
  "use strict"
  const KEPT = "as-reported-compare", MOST = 6 // as in compare.js

  const read = () => {
    try { return (localStorage.getItem(KEPT) || "").split(",").filter(Boolean) } catch { return [] }
  }
  const keep = ids => {
    try { localStorage.setItem(KEPT, ids.join()) } catch { /* a browser may forbid it; the link still works */ }
  }

  const setUp = () => {
    const line = document.querySelector(".compare-add")
    if (!line || line.querySelector("button")) return
    const id = line.dataset.incident, table = line.querySelector("a.all")
    const button = Object.assign(document.createElement("button"), {type: "button"})
    const link = Object.assign(document.createElement("a"), {className: "marked"})
    let ids = read()
    const show = () => {
      const marked = ids.includes(id)
      button.setAttribute("aria-pressed", marked)
      button.textContent = marked ? "Marked for comparison" : "Add to comparison"
      button.disabled = !marked && ids.length >= MOST
      link.hidden = ids.length < 2
      link.href = `${table.href}?ids=${ids.join()}`
      link.textContent = `Lay ${ids.length} marked incidents side by side`
    }
    button.addEventListener("click", () => {
      ids = read()
      ids = ids.includes(id) ? ids.filter(each => each !== id) : ids.concat(id).slice(0, MOST)
      keep(ids)
      show()
    })
    line.prepend(button, " ", link, " ")
    show()
  }

  if (window.document$) window.document$.subscribe(setUp)
  else setUp()
})()
