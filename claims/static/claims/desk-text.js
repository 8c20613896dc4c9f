// Keeps what is typed at the desk: counts letters, asks before a changed form is left, and keeps a draft in this browser.
"use strict";
{
  const PREFIX = "desk-draft:";
  const TAB = "desk-tab"; // names this tab, so that two tabs do not overwrite each other's drafts
  const SENT = "desk-draft-sent"; // of this tab: the draft that was sent last
  const PAUSE = 400; // ms after the last change before the draft is stored
  const DAYS = 7; // after which a draft is forgotten
  const UNKEPT = ["csrfmiddlewaretoken", "_writer"];

  // Some browsers let nothing be stored.
  const store = (act) => { try { return act(); } catch { return null; } };

  // Letters ---------------------------------------------------------------------------------------------

  function count(field, words) {
    const limit = Number(field.dataset.letters);
    const has = [...field.value.trim()].length;
    let shown = field.parentElement.querySelector(`.desk-letters[data-of="${field.name}"]`);
    if (has <= limit * 0.8) { if (shown) shown.remove(); return; }
    if (!shown) {
      shown = document.createElement("p");
      shown.className = "desk-letters";
      shown.dataset.of = field.name;
      shown.setAttribute("role", "status");
      field.after(shown);
    }
    const over = has > limit;
    shown.classList.toggle("over", over);
    const said = over ? words.over.replace("[over]", has - limit) : words.counted;
    shown.textContent = said.replace("[has]", has).replace("[limit]", limit);
  }

  function countLetters(root, words) {
    root.querySelectorAll("[data-letters]").forEach((field) => count(field, words));
    root.addEventListener("input", ({ target }) => {
      if (target.dataset && target.dataset.letters) count(target, words);
    });
  }

  // Drafts ----------------------------------------------------------------------------------------------

  const isKept = (field) => field.name && !UNKEPT.includes(field.name) &&
    !["submit", "button", "file", "password"].includes(field.type) && !field.name.includes("__prefix__");

  function read(form) {
    const values = {};
    for (const field of form.elements) {
      if (!isKept(field)) continue;
      const chosen = values[field.name] || (values[field.name] = []);
      if (["checkbox", "radio"].includes(field.type)) { if (field.checked) chosen.push(field.value); }
      else if (field.tagName === "SELECT") {
        for (const option of field.selectedOptions) chosen.push({ value: option.value, text: option.text });
      } else chosen.push(field.value);
    }
    return values;
  }

  function addRows(form, values) {
    for (const name of Object.keys(values).filter((each) => each.endsWith("-TOTAL_FORMS"))) {
      const prefix = name.slice(0, -"-TOTAL_FORMS".length);
      const total = form.elements[name];
      const add = document.querySelector(`#${prefix}-group .add-row a, #${prefix}-group .add-row button`);
      for (let n = 0; add && total && Number(total.value) < Number(values[name][0]) && n < 250; n += 1) add.click();
    }
  }

  function write(form, values) {
    addRows(form, values);
    for (const field of form.elements) {
      if (!isKept(field) || !(field.name in values) || /-(TOTAL|INITIAL|MIN_NUM|MAX_NUM)_FORMS$/.test(field.name)) continue;
      const chosen = values[field.name];
      if (["checkbox", "radio"].includes(field.type)) field.checked = chosen.includes(field.value);
      else if (field.tagName === "SELECT") {
        for (const { value, text } of chosen) {
          if (![...field.options].some((option) => option.value === value)) field.add(new Option(text, value));
        }
        const wanted = chosen.map(({ value }) => value);
        for (const option of field.options) option.selected = wanted.includes(option.value);
        if (window.django && window.django.jQuery) window.django.jQuery(field).trigger("change");
      } else [field.value = ""] = chosen;
      field.dispatchEvent(new Event("input", { bubbles: true }));
    }
    form.dispatchEvent(new Event("change", { bubbles: true }));
  }

  let forgotten = false; // since the last word was typed

  function forget(user) {
    forgotten = true;
    for (const key of Object.keys(localStorage)) {
      if (key.startsWith(`${PREFIX}${user}:`)) localStorage.removeItem(key);
    }
  }

  function forgetOld() {
    const before = Date.now() - DAYS * 86400000;
    for (const key of Object.keys(localStorage).filter((each) => each.startsWith(PREFIX))) {
      if (!(JSON.parse(localStorage.getItem(key)).at > before)) localStorage.removeItem(key);
    }
  }

  // A draft that was sent is done with once a later page of this tab says that it was saved. The pages in between keep
  // the form until the editor has signed in again.
  function forgetSaved() {
    const key = sessionStorage.getItem(SENT);
    const isSaved = Boolean(document.querySelector(".messagelist .success"));
    if (!key || (!isSaved && document.getElementById("desk-kept"))) return;
    sessionStorage.removeItem(SENT);
    if (isSaved) localStorage.removeItem(key);
  }

  function nameTab() {
    if (!sessionStorage.getItem(TAB)) sessionStorage.setItem(TAB, `${Date.now()}-${Math.random()}`);
    return sessionStorage.getItem(TAB);
  }

  // The draft of this tab; otherwise the newest that another tab left.
  function findDraft(record, own) {
    const keys = Object.keys(localStorage).filter((key) => key.startsWith(record));
    const found = keys.map((key) => ({ key, ...JSON.parse(localStorage.getItem(key)) }));
    found.sort((one, other) => (other.key === own) - (one.key === own) || other.at - one.at);
    return found[0];
  }

  function offer(form, key, marker, restore) {
    const bar = document.createElement("div");
    bar.className = "desk-notice desk-draft";
    bar.setAttribute("role", "status");
    bar.append(marker.dataset.found, " ");
    for (const [words, act] of [[marker.dataset.restore, restore], [marker.dataset.discard, () => localStorage.removeItem(key)]]) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "desk-button";
      button.textContent = words;
      button.addEventListener("click", () => { store(act); bar.remove(); });
      bar.append(button, " ");
    }
    form.prepend(bar);
  }

  function keepDraft(form, marker) {
    const { user, record } = marker.dataset;
    const ofRecord = `${PREFIX}${user}:${record}:`;
    const tab = record && store(nameTab); // without it the browser keeps nothing
    const key = tab ? ofRecord + tab : "";
    const served = JSON.stringify(read(form));
    let changed = Boolean(document.querySelector(".errornote"));
    let leaving = false;
    let timer = 0;
    const keep = () => store(() => {
      clearTimeout(timer);
      const values = read(form);
      changed = changed || JSON.stringify(values) !== served;
      if (key && changed && !leaving && !forgotten) localStorage.setItem(key, JSON.stringify({ at: Date.now(), values }));
    });
    const soon = () => { forgotten = false; clearTimeout(timer); timer = setTimeout(keep, PAUSE); };
    form.addEventListener("input", soon);
    form.addEventListener("change", soon);
    if (window.django && window.django.jQuery) window.django.jQuery(form).on("select2:select select2:unselect", soon);
    form.addEventListener("submit", () => {
      keep();
      leaving = true;
      if (key) store(() => sessionStorage.setItem(SENT, key));
    });
    window.addEventListener("beforeunload", (event) => {
      if (leaving) return;
      keep();
      if (changed) event.preventDefault();
    });
    window.addEventListener("pageshow", ({ persisted }) => { if (persisted) leaving = false; });

    const found = key && store(() => findDraft(ofRecord, key));
    if (!found || JSON.stringify(found.values) === served || document.querySelector(".errornote")) return;
    const restore = () => {
      write(form, found.values);
      if (found.key !== key) localStorage.removeItem(found.key);
      keep();
    };
    const [visit] = performance.getEntriesByType("navigation");
    if (visit && visit.type === "back_forward" && found.key === key) store(restore);
    else offer(form, found.key, marker, restore);
  }

  function start() {
    const marker = document.getElementById("desk-draft");
    store(forgetOld);
    store(forgetSaved);
    const user = document.getElementById("logout-form");
    if (user) user.addEventListener("submit", () => store(() => forget(user.dataset.user)));
    if (!marker) return;
    countLetters(marker.closest("form"), marker.dataset);
    keepDraft(marker.closest("form"), marker);
  }

  // Behind Django's own scripts, which build rows and boxes.
  document.addEventListener("DOMContentLoaded", () => {
    if (window.django && window.django.jQuery) window.django.jQuery(() => setTimeout(start));
    else start();
  });
}
