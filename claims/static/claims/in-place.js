// Lists that change in place. Without this file every form and link still works: it asks for the same addresses.
document.addEventListener("htmx:configRequest", ({ detail }) => {
  // An address says what was chosen, and nothing of what was not.
  if (detail.verb !== "get") return
  for (const [name, value] of [...detail.formData.entries()]) {
    if (value === "") detail.formData.delete(name)
  }
})
// Words being typed are one entry in the history, however often the typist pauses, so that one step back leaves them.
// Enter asks for the same once more: as a search, in some browsers, and as what is submitted.
const TYPING = ["input", "search", "submit"]
let asked, typed = false
document.addEventListener("htmx:configRequest", ({ target, detail }) => {
  asked = detail.triggeringEvent?.type
  if (typed && TYPING.includes(asked)) {
    target.setAttribute("hx-push-url", "unset")
    target.setAttribute("hx-replace-url", "true")
  } else if (target.hasAttribute("hx-replace-url")) {
    target.setAttribute("hx-push-url", "true")
    target.removeAttribute("hx-replace-url")
  }
})
for (const written of ["htmx:pushedIntoHistory", "htmx:replacedInHistory"]) {
  document.addEventListener(written, () => { typed = TYPING.includes(asked) })
}
document.addEventListener("focusout", () => { typed = false })
// What is refused is a page of its own, with words that say why.
document.addEventListener("htmx:responseError", ({ detail }) => location.assign(detail.pathInfo.finalRequestPath))
document.addEventListener("htmx:sendError", ({ detail }) => location.assign(detail.pathInfo.finalRequestPath))
// htmx writes the address of the page down to look it up in a cache that is switched off here. Nothing is to be kept.
const forget = () => {
  try {
    sessionStorage.removeItem("htmx-current-path-for-history")
  } catch {
    // a browser that lets nothing be stored stores nothing
  }
}
document.addEventListener("htmx:pushedIntoHistory", forget)
document.addEventListener("htmx:replacedInHistory", forget)
forget()
