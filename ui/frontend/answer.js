// One question with its answer: text is set as text, never as HTML; what is pressed is told to the page as {do, ...}.
const make = (tag, name, text) => {
  const node = document.createElement(tag)
  if (name) node.className = name
  if (text !== undefined) node.textContent = text
  return node
}

const button = (name, text, label, press) => {
  const node = make("button", name, text)
  node.type = "button"
  if (label) node.setAttribute("aria-label", label)
  node.onclick = press
  return node
}

const copy = async (text, node, done) => {
  try {
    await navigator.clipboard.writeText(text)
  } catch {
    const area = document.body.appendChild(make("textarea", "", text))
    area.select()
    document.execCommand("copy")
    area.remove()
  }
  const before = node.textContent
  node.textContent = done
  setTimeout(() => { node.textContent = before }, 2000)
}

const paragraph = (sentence, data, did) => {
  const line = make("p", sentence.kind === "note" ? "note" : "claim")
  for (const piece of sentence.pieces) {
    if (piece.source === undefined) line.append(piece.text)
    else line.append(citation(piece.source, data, did))
  }
  return line
}

const citation = (number, data, did) => {
  const source = data.sources.find((one) => one.number === number)
  const label = source ? `${data.texts.source} ${number}: ${source.label}` : `${data.texts.source} ${number}`
  const node = button("cite", String(number), label, () => did({ do: "source", source: number }))
  node.title = source ? source.label : ""
  if (data.open === number) node.setAttribute("aria-current", "true")
  return node
}

const sources = (data, did) => {
  const box = make("section", "sources")
  box.append(make("h3", "", data.texts.sources))
  const list = box.appendChild(make("ol", ""))
  for (const source of data.sources) {
    const row = list.appendChild(make("li", ""))
    row.append(make("span", "number", String(source.number)))
    const open = button("open", "", "", () => did({ do: "source", source: source.number }))
    open.append(make("span", "label", source.label), make("span", "quote", `«${source.quote}»`))
    if (data.open === source.number) open.setAttribute("aria-current", "true")
    row.append(open)
  }
  return box
}

const chips = (data, did) => {
  const box = make("ul", "chips")
  box.setAttribute("aria-label", data.texts.limits)
  for (const chip of data.chips) {
    const row = box.appendChild(make("li", "chip", chip.label))
    row.append(button("drop", "×", `${data.texts.remove} ${chip.label}`, () => did({ do: "widen", value: chip.value })))
  }
  return box
}

const actions = (data, did) => {
  const box = make("div", "actions")
  if (data.copy) {
    const node = box.appendChild(button("act", data.texts.copy, "", () => copy(data.copy, node, data.texts.copied)))
  }
  if (data.link) {
    const whole = new URL(data.link, window.location.href).href
    const node = box.appendChild(button("act", data.texts.copy_link, "", () => copy(whole, node, data.texts.copied)))
  }
  for (const verdict of data.verdicts) {
    const node = box.appendChild(button("act", verdict.label, "", () => did({ do: "verdict", verdict: verdict.value })))
    node.setAttribute("aria-pressed", String(verdict.value === data.verdict))
  }
  return box
}

const suggestions = (data, did) => {
  const box = make("div", "suggestions")
  box.append(make("span", "lead", data.texts.suggestions))
  for (const text of data.suggestions) box.append(button("suggest", text, "", () => did({ do: "ask", question: text })))
  return box
}

const withheld = (data) => {
  const box = make("details", "withheld")
  box.append(make("summary", "", data.texts.withheld))
  const list = box.appendChild(make("ul", ""))
  for (const one of data.withheld) list.append(make("li", "", one))
  return box
}

export default function ({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".turn")
  const focused = parentElement.activeElement?.getAttribute("aria-label")
  const did = (what) => setTriggerValue("did", { ...what, turn: data.turn })
  root.replaceChildren(make("h2", "question", data.question))
  if (data.understood) root.append(make("p", "understood", data.understood))
  if (data.chips.length) root.append(chips(data, did))
  const said = root.appendChild(make("div", "said"))
  said.setAttribute("aria-live", "polite")
  said.setAttribute("aria-busy", String(data.busy))
  for (const sentence of data.sentences) said.append(paragraph(sentence, data, did))
  if (data.busy) said.append(make("p", "busy", data.texts.busy))
  if (data.error) said.append(make("p", "error", data.error))
  if (data.sources.length) root.append(sources(data, did))
  if (data.coverage) root.append(make("p", "coverage", data.coverage))
  if (data.withheld.length) root.append(withheld(data))
  if (!data.busy) root.append(actions(data, did))
  if (data.suggestions.length) root.append(suggestions(data, did))
  if (focused) [...root.querySelectorAll("button")].find((one) => one.getAttribute("aria-label") === focused)?.focus()
}
