// The search box. Pagefind's index, which lies beside it, names the letters that may say it; each of their paragraphs is
// then held against the words, by the rules of `ofsted-watch search`: all words, "a phrase", -without, begin*, OR.
// Only text is put into the page.
const [form, found, hits, more] = ["search", "found", "hits", "more"].map((id) => document.getElementById(id));
const pagefind = await import("./pagefind/pagefind.js");
const FILTERS = ["kind", "year", "council"];
const STEP = 10; // letters shown at once
const AROUND = 110; // characters of a letter before and after what was found
const SIGN = "[\\p{L}\\p{N}]"; // what words are made of
let groups = [], letters = [], shown = 0, asked = 0;

const add = (parent, tag, text, props = {}) =>
  parent.appendChild(Object.assign(document.createElement(tag), { textContent: text }, props));

// Without controls, and without marks that turn or hide text.
const plain = (text) => text.replace(/\p{Cf}/gu, "").replace(/[\p{Cc}\s]+/gu, " ").trim();

function term(text, beginning) {
  const words = text.match(new RegExp(`${SIGN}+`, "gu")) ?? [];
  const rule = `(?<!${SIGN})${words.join(`[^\\p{L}\\p{N}]+`)}${beginning ? "" : `(?!${SIGN})`}`;
  return { words, rule: words.length ? new RegExp(rule, "giu") : null };
}

function parsed(query) {
  const made = [{ need: [], not: [] }];
  for (const [, minus, phrase, word] of query.replace(/[“”„]/g, '"').matchAll(/(-?)(?:"([^"]*)"|([^\s"]+))/g)) {
    if (word === "OR" && !minus) made.push({ need: [], not: [] });
    else {
      const one = term(phrase ?? word, word?.endsWith("*"));
      if (one.rule) made.at(-1)[minus ? "not" : "need"].push(one);
    }
  }
  return made.filter((group) => group.need.length);
}

const says = (text, one) => text.search(one.rule) >= 0;
const group = (text) => groups.find((g) => g.need.every((one) => says(text, one)) && !g.not.some((one) => says(text, one)));

// The letter's own words are in the twin of its page; what Pagefind keeps of them has signs of its own.
async function read(result) {
  const letter = await result.data();
  const twin = await (await fetch(new URL("index.json", new URL(letter.url, location)))).json();
  const paragraphs = twin.paragraphs.map(({ page, text }) => ({ page, text: plain(text) }));
  return { ...letter, saying: paragraphs.filter(({ text }) => group(text)) };
}

function excerpt(parent, text, rules) {
  const first = Math.min(...rules.map((one) => text.search(one.rule)));
  const from = first > AROUND ? text.indexOf(" ", first - AROUND) + 1 : 0;
  const to = text.indexOf(" ", first + AROUND);
  const part = text.slice(from, to < 0 ? undefined : to);
  const places = rules.flatMap((one) => [...part.matchAll(one.rule)]).sort((a, b) => a.index - b.index);
  let at = 0;
  parent.append(from ? "… " : "");
  for (const place of places.filter((p, n) => !n || p.index >= places[n - 1].index + places[n - 1][0].length)) {
    parent.append(part.slice(at, place.index));
    add(parent, "mark", place[0]);
    at = place.index + place[0].length;
  }
  parent.append(part.slice(at) + (to < 0 ? "" : " …"));
}

function show(letter) {
  if (!letter.saying.length) return 0;
  const item = add(hits, "li", "");
  add(item, "span", letter.filters.year ?? "");
  const block = add(item, "div", "");
  add(add(block, "strong", ""), "a", letter.meta.title, { href: letter.url });
  for (const { page, text } of letter.saying) {
    const line = add(block, "p", "");
    add(line, "a", `Page ${page}`, { href: `${letter.url}#page-${page}` });
    line.append(": ");
    excerpt(line, text, group(text).need);
  }
  return 1;
}

async function next() {
  const mine = asked, until = shown + STEP;
  more.hidden = true;
  while (letters.length && shown < until) {
    const some = await Promise.all(letters.splice(0, STEP).map(read));
    if (mine !== asked) return;
    for (const letter of some) shown += show(letter);
  }
  more.hidden = !letters.length;
  found.textContent = letters.length ? `The first ${shown} letters; there may be more.`
    : `${shown || "No"} ${shown === 1 ? "letter" : "letters"} found.`;
}

async function search(remember) {
  const query = form.q.value.trim(), mine = ++asked, filters = {};
  for (const name of FILTERS) if (form[name].value) filters[name] = form[name].value;
  if (remember) history.replaceState(null, "", `?${new URLSearchParams({ q: query, ...filters })}`);
  hits.replaceChildren();
  more.hidden = true;
  groups = parsed(query);
  found.textContent = !query ? "" : groups.length ? "Searching …" : "Type at least one word to look for.";
  const words = groups.map((g) => g.need.flatMap((one) => one.words).join(" "));
  const answers = await Promise.all(words.map((some) => pagefind.search(some, { filters })));
  if (mine !== asked || !groups.length) return;
  letters = [...new Map(answers.flatMap((answer) => answer.results).map((result) => [result.id, result])).values()];
  shown = 0;
  await next();
}

const given = new URLSearchParams(location.search);
await pagefind.options({ ranking: { termSimilarity: 9 } });
for (const [name, values] of Object.entries(await pagefind.filters())) {
  const sorted = Object.keys(values).sort();
  for (const value of name === "year" ? sorted.reverse() : sorted) add(form[name], "option", value, { value });
}
for (const name of ["q", ...FILTERS]) form[name].value = given.get(name) ?? "";
form.addEventListener("submit", (event) => (event.preventDefault(), search(true)));
for (const name of FILTERS) form[name].addEventListener("change", () => search(true));
more.addEventListener("click", next);
form.hidden = false;
await search(false);
