// The page's language, its title, and Swedish in the place of the framework's own English words.
export default function ({ data }) {
  document.documentElement.lang = "sv"
  const app = document.querySelector("[data-testid=stApp]")
  document.documentElement.dataset.theme = app && getComputedStyle(app).colorScheme.includes("dark") ? "dark" : "light"
  if (data.title) document.title = data.title
  const swap = (text) => data.words[text.trim()] ?? (data.limit.test(text) ? text.replace(data.limit, data.limit_text) : null)
  data.limit = new RegExp(data.limit_pattern)
  const name = ["aria-label", "title", "placeholder", "data-placeholder"]
  const visit = (node) => {
    if (node.nodeType === Node.TEXT_NODE) {
      const around = node.parentElement
      if (around?.closest(".stMarkdown, .stHtml, pre, textarea") && !around.closest("[data-testid=stFileUploader]")) return
      const swedish = swap(node.data)
      if (swedish !== null && swedish !== undefined && swedish !== node.data) node.data = swedish
      return
    }
    if (node.nodeType !== Node.ELEMENT_NODE) return
    for (const one of name) {
      const swedish = node.hasAttribute(one) ? swap(node.getAttribute(one)) : null
      if (swedish) node.setAttribute(one, swedish)
    }
    for (const child of node.childNodes) visit(child)
  }
  visit(document.body)
  // A source that was just opened takes the focus: who reads by ear or on a phone would not know that it came.
  const opened = data.source && window.motesminneSource !== undefined && data.source !== window.motesminneSource
  window.motesminneSource = data.source
  if (opened) {
    const seek = (left) => {
      const head = document.querySelector(`.mm-source-head[data-source="${CSS.escape(data.source)}"]`)
      if (head) head.focus()
      else if (left) setTimeout(seek, 100, left - 1)
    }
    seek(50)
  }
  window.motesminneWatch?.disconnect()
  window.motesminneWatch = new MutationObserver((changes) => {
    for (const change of changes) {
      if (change.type === "characterData") visit(change.target)
      for (const node of change.addedNodes) visit(node)
    }
  })
  window.motesminneWatch.observe(document.body, { childList: true, characterData: true, subtree: true })
}
