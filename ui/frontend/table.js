// A table of rows whose first cell opens the row; text is set as text, never as HTML. Tells {do: open|sort|page|<action>, ...}.
const make = (tag, name, text) => {
  const node = document.createElement(tag)
  if (name) node.className = name
  if (text !== undefined) node.textContent = text
  return node
}

const button = (name, text, press, label) => {
  const node = make("button", name, text)
  node.type = "button"
  if (label) node.setAttribute("aria-label", label)
  node.onclick = press
  return node
}

const fill = (cell, value) => {
  if (Array.isArray(value)) { for (const one of value) fill(cell, one) }
  else if (value !== null && typeof value === "object") cell.append(make("span", value.tone ?? "plain", value.text))
  else cell.append(make("span", "plain", value ?? ""))
}

const head = (data, did) => {
  const row = make("tr")
  for (const column of data.columns) {
    const cell = row.appendChild(make("th", column.align ?? ""))
    cell.scope = "col"
    if (column.width) cell.style.width = column.width
    if (!column.sorts) { cell.textContent = column.label; continue }
    const is = data.sort?.key === column.key
    cell.setAttribute("aria-sort", is ? (data.sort.descending ? "descending" : "ascending") : "none")
    cell.append(button("sort", column.label + (is ? (data.sort.descending ? " ↓" : " ↑") : ""), () => did({ do: "sort", key: column.key })))
  }
  if (data.actions) row.appendChild(make("th", "acts")).append(make("span", "hidden", data.texts.actions))
  return row
}

const line = (data, item, did) => {
  const row = make("tr", item.id === data.open ? "current" : "")
  data.columns.forEach((column, at) => {
    const cell = row.appendChild(make(column.head ? "th" : "td", column.align ?? ""))
    if (column.head) cell.scope = "row"
    cell.dataset.label = column.label
    if (column.opens && !item.closed) {
      const open = button("open", "", () => did({ do: "open", id: item.id, key: column.key }))
      fill(open, item.cells[at])
      if (item.id === data.open) open.setAttribute("aria-current", "true")
      cell.append(open)
    } else fill(cell, item.cells[at])
  })
  if (data.actions) {
    const cell = row.appendChild(make("td", "acts"))
    for (const one of item.actions ?? data.actions) {
      cell.append(button("act", one.label, () => did({ do: one.do, id: item.id }), `${one.label}: ${item.name ?? item.cells[0]}`))
    }
  }
  return row
}

const foot = (data, did) => {
  const box = make("div", "foot")
  const said = box.appendChild(make("span", "said", data.said))
  said.setAttribute("role", "status")
  if (data.pages > 1) {
    const before = box.appendChild(button("act", data.texts.before, () => did({ do: "page", page: data.page - 1 })))
    const after = box.appendChild(button("act", data.texts.after, () => did({ do: "page", page: data.page + 1 })))
    before.disabled = data.page <= 1
    after.disabled = data.page >= data.pages
  }
  return box
}

export default function ({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".box")
  const at = [...root.querySelectorAll("button")].indexOf(parentElement.activeElement)
  const did = (what) => setTriggerValue("did", { ...what, nonce: Date.now() })
  const table = make("table")
  table.append(make("caption", "hidden", data.caption))
  table.appendChild(make("thead")).append(head(data, did))
  const body = table.appendChild(make("tbody"))
  for (const item of data.rows) body.append(line(data, item, did))
  root.replaceChildren(table, foot(data, did))
  if (at >= 0) root.querySelectorAll("button")[at]?.focus()
}
