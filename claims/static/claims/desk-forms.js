// Shortens the way through a form of the desk: marked words become a claim, a refusal leads to its field, and
// Ctrl+Enter saves. Every form works without it.
"use strict";
{
  const ERROR = "#content form .errorlist.nonfield, #content form .errorlist.nonform, #content form [aria-invalid=true]";

  // Words that are marked become a claim -----------------------------------------------------------------

  const told = (field) => ["input", "change"].forEach((name) => field.dispatchEvent(new Event(name, { bubbles: true })));

  function markedIn(words) {
    if (words.tagName === "TEXTAREA") return words.value.slice(words.selectionStart, words.selectionEnd).trim();
    const selection = window.getSelection();
    return selection.rangeCount && words.contains(selection.getRangeAt(0).commonAncestorContainer) ? selection.toString().trim() : "";
  }

  // The field for the span: that of the page, otherwise that of the first empty row of a claim.
  function spanField() {
    const own = document.querySelector("#id_quote");
    if (own) return own;
    const isFree = (row) => !row.classList.contains("has_original") &&
      [...row.querySelectorAll("textarea")].every((field) => !field.value.trim());
    const free = () => [...document.querySelectorAll(".desk-claim:not(.empty-form)")].find(isFree);
    if (!free()) document.querySelector(".desk-claims .add-row :is(a, button)")?.click();
    return free()?.querySelector("[name$=-quote]");
  }

  function claim(words) {
    const field = spanField();
    if (!field) return;
    field.value = markedIn(words);
    told(field);
    const row = field.closest(".desk-claim");
    const next = row ? row.querySelector("[name$=-proposition]") : document.querySelector("#id_proposition");
    (next || field).focus();
    (row || field).scrollIntoView({ block: "center" });
  }

  function offerClaim(words, bar) {
    const own = bar.content.firstElementChild.cloneNode(true);
    const button = own.querySelector("button");
    words.after(own);
    const show = () => { button.disabled = !markedIn(words); };
    // A press must not take the marks away before it is heard.
    button.addEventListener("pointerdown", (event) => event.preventDefault());
    button.addEventListener("click", () => claim(words));
    document.addEventListener("selectionchange", show);
    ["select", "keyup", "pointerup"].forEach((name) => words.addEventListener(name, show));
    show();
  }

  // A refusal leads to its first field ------------------------------------------------------------------

  function focusFirstError() {
    const first = document.querySelector(ERROR);
    if (!first) return;
    for (let folded = first.closest("details"); folded; folded = folded.parentElement.closest("details")) folded.open = true;
    const box = first.nextElementSibling?.classList.contains("select2") ? first.nextElementSibling.querySelector(".select2-selection") : null;
    const target = box || first;
    if (first.matches(".errorlist")) first.tabIndex = -1;
    target.focus();
    (target.closest(".form-row, .desk-cell, tr") || target).scrollIntoView({ block: "center" });
  }

  // Ctrl+Enter saves ------------------------------------------------------------------------------------

  function onKey(event) {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.altKey || event.isComposing) return;
    const form = event.target.closest("#content-main form");
    const save = form && form.querySelector(".submit-row input[type=submit].default");
    if (!save) return;
    event.preventDefault();
    form.requestSubmit(save);
  }

  document.addEventListener("DOMContentLoaded", () => {
    document.addEventListener("keydown", onKey);
    const bar = document.getElementById("desk-marked");
    if (bar) document.querySelectorAll("#id_text, #id_reported_text, .desk-markable").forEach((words) => offerClaim(words, bar));
    // Behind Django's own scripts, which build rows and boxes.
    if (window.django && window.django.jQuery) window.django.jQuery(() => setTimeout(focusFirstError));
    else focusFirstError();
  });
}
