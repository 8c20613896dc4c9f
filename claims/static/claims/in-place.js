// Lists that change in place. Without this file every form and link still works: it asks for the same addresses.
document.addEventListener("htmx:configRequest", ({ detail }) => {
  // An address says what was chosen, and nothing of what was not.
  if (detail.verb !== "get") return
  for (const [name, value] of [...detail.formData.entries()]) {
    if (value === "") detail.formData.delete(name)
  }
})
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
forget()
