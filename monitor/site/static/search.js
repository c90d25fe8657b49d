// The search box: asks Pagefind's index, which lies beside it, and shows hits by page. Only text is put into the page.
const [form, found, hits, more] = ["search", "found", "hits", "more"].map((id) => document.getElementById(id));
const pagefind = await import("./pagefind/pagefind.js");
const names = ["kind", "year", "council"];
const STEP = 10;
let results = [], shown = 0, asked = 0;

const plain = (html) => new DOMParser().parseFromString(html, "text/html").body.textContent;
const add = (parent, tag, text, props = {}) =>
  parent.appendChild(Object.assign(document.createElement(tag), { textContent: text }, props));

function marked(parent, excerpt) {
  for (const part of excerpt.split(/(<mark>.*?<\/mark>)/)) {
    if (part.startsWith("<mark>")) add(parent, "mark", plain(part));
    else parent.append(plain(part));
  }
}

function show(letter) {
  const item = add(hits, "li", "");
  add(item, "span", letter.filters.year ?? "");
  const block = add(item, "div", "");
  add(add(block, "strong", ""), "a", letter.meta.title, { href: letter.url });
  for (const part of letter.sub_results.slice(0, 8)) {
    const line = add(block, "p", "");
    add(line, "a", part.title, { href: part.url });
    line.append(": ");
    marked(line, part.excerpt);
  }
}

async function next() {
  const mine = asked, slice = results.slice(shown, shown + STEP);
  shown += slice.length;
  const letters = await Promise.all(slice.map((result) => result.data()));
  if (mine !== asked) return;
  letters.forEach(show);
  more.hidden = shown >= results.length;
}

async function search() {
  const words = form.q.value.trim(), mine = ++asked, filters = {};
  for (const name of names) if (form[name].value) filters[name] = form[name].value;
  hits.replaceChildren();
  more.hidden = true;
  found.textContent = "";
  history.replaceState(null, "", `?${new URLSearchParams({ q: words, ...filters })}`);
  if (!words) return;
  const answer = await pagefind.search(words, { filters });
  if (mine !== asked) return;
  [results, shown] = [answer.results, 0];
  found.textContent = `${results.length} ${results.length === 1 ? "letter" : "letters"} found`;
  await next();
}

const given = new URLSearchParams(location.search);
for (const [name, values] of Object.entries(await pagefind.filters())) {
  const sorted = Object.keys(values).sort();
  for (const value of name === "year" ? sorted.reverse() : sorted) add(form[name], "option", value, { value });
}
for (const name of ["q", ...names]) form[name].value = given.get(name) ?? "";
form.addEventListener("submit", (event) => (event.preventDefault(), search()));
for (const name of names) form[name].addEventListener("change", search);
more.addEventListener("click", next);
form.hidden = false;
await search();
