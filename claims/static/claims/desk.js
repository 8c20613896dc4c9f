// Enhances the desk; every page works without it. The method itself runs on the server, never here.
"use strict";
{
  const STANCES = ["-2", "-1", "0", "1", "2"];
  const PAUSE = 150; // ms after the last change before the preview is asked for

  const ROWS = ".desk-links tr.form-row, .desk-grading"; // of a record's links, and of a dossier's grading page
  const rowOf = (element) => element && element.closest ? element.closest(ROWS) : null;

  const isWriting = (element) =>
    element.isContentEditable ||
    ["TEXTAREA", "SELECT"].includes(element.tagName) ||
    (element.tagName === "INPUT" && !["radio", "checkbox", "submit"].includes(element.type)) ||
    Boolean(element.closest(".select2-container"));

  function choose(row, stance) {
    const radio = row.querySelector(`.desk-stance input[value="${stance}"]`);
    if (!radio || radio.disabled) return;
    radio.checked = true;
    radio.focus();
    radio.dispatchEvent(new Event("change", { bubbles: true }));
  }

  function onKey(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || isWriting(event.target)) return;
    const row = rowOf(event.target);
    if (row && "12345".includes(event.key)) {
      event.preventDefault();
      choose(row, STANCES[Number(event.key) - 1]);
    } else if (event.key.toLowerCase() === "n") {
      const add = document.querySelector(".desk-links .add-row a");
      if (!add) return;
      event.preventDefault();
      add.click();
    }
  }

  // A new row is there to be filled in: straight to its first field.
  function onAdded(event) {
    const first = event.target.querySelector(".select2-selection, textarea, input:not([type=hidden]), select");
    if (first) first.focus();
    nameAll(event.target);
  }

  function show(answer) {
    document.getElementById("desk-gap").innerHTML = answer.panel;
    const sum = document.getElementById("desk-sum");
    if (sum) sum.textContent = answer.sum;
    document.querySelectorAll(".desk-links tr.form-row:not(.empty-form)").forEach((row) => {
      const part = answer.rows[row.id] || { mass: "—", points: "—", note: "", side: "" };
      row.classList.remove("contradicting", "supporting", "context");
      if (part.side) row.classList.add(part.side);
      row.querySelectorAll("[data-desk]").forEach((cell) => { cell.textContent = part[cell.dataset.desk]; });
    });
  }

  function live(form, address) {
    let timer = 0;
    let latest = 0;
    const ask = async () => {
      const mine = ++latest;
      try {
        const answer = await fetch(address, { method: "POST", body: new FormData(form) });
        if (answer.ok && mine === latest) show(await answer.json());
      } catch {
        // Offline or signed out: what is shown stays, and saving will say what is wrong.
      }
    };
    const soon = () => { clearTimeout(timer); timer = setTimeout(ask, PAUSE); };
    const counts = (name) => /^links-|^kind$|^valid_until$/.test(name || "");
    form.addEventListener("change", (event) => { if (counts(event.target.name)) soon(); });
    // select2 tells only jQuery of its changes.
    if (window.django && window.django.jQuery) {
      window.django.jQuery(form).on("select2:select select2:unselect", soon);
    }
  }

  // Select2 builds its boxes without a name, and its lists out of more than list items.
  function name(select) {
    const box = select.nextElementSibling;
    const label = select.labels && select.labels[0];
    if (!box || !box.classList.contains("select2") || !label) return;
    const words = label.textContent.trim().replace(/:$/, "");
    const apply = () => {
      box.querySelectorAll(".select2-selection__rendered").forEach((shown) => {
        const value = select.multiple ? "" : shown.textContent.replace("×", "").trim();
        shown.setAttribute("aria-label", value ? `${words}: ${value}` : words);
        if (select.multiple) shown.setAttribute("role", "group");
      });
      box.querySelectorAll("li").forEach((item) => item.setAttribute("role", "none"));
      box.querySelectorAll(".select2-search__field").forEach((field) => field.setAttribute("aria-label", words));
    };
    apply();
    new MutationObserver(apply).observe(box, { childList: true, subtree: true });
  }

  const nameAll = (root) => root.querySelectorAll("select.admin-autocomplete").forEach(name);

  document.addEventListener("DOMContentLoaded", () => {
    document.addEventListener("keydown", onKey);
    document.addEventListener("formset:added", onAdded);
    // Queued behind Django's own, which builds the boxes.
    if (window.django && window.django.jQuery) window.django.jQuery(() => nameAll(document));
    const marker = document.getElementById("desk-live");
    const form = marker && marker.closest("form");
    if (form && marker.dataset.preview) live(form, marker.dataset.preview);
  });
}
