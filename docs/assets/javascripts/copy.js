// Copies addresses and citations, and says so. Links keep doing what links do; without this file nothing is missing.
(() => {
  "use strict";
  if (!navigator.clipboard) return; // an address without encryption, or an old browser

  const said = document.createElement("p");
  said.className = "copied";
  said.setAttribute("role", "status");
  document.body.append(said);

  let fading;
  const copy = (text, message) =>
    navigator.clipboard.writeText(text).then(
      () => {
        clearTimeout(fading);
        said.textContent = "";
        requestAnimationFrame(() => { said.textContent = message; }); // a second time it is read out again
        fading = setTimeout(() => { said.textContent = ""; }, 3000);
      },
      () => {} // the reader has forbidden it
    );

  document.addEventListener("click", event => {
    const link = event.target.closest("a.anchor");
    if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    copy(link.href, "Address copied");
  });

  for (const cited of document.querySelectorAll(".citation")) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "copy";
    button.textContent = "Copy";
    button.setAttribute("aria-label", `Copy ${cited.dataset.form}`);
    button.addEventListener("click", () => copy(cited.textContent.trim(), "Citation copied"));
    cited.after(button);
  }
})();
