/* Tells the server how far a member has read, once the end of the page was seen for a while. */
for (const posts of document.querySelectorAll("[data-read-url]")) {
  const SEEN_MS = 2000;
  const last = posts.querySelector("[data-last-post]");
  let timer;

  const watcher = new IntersectionObserver(([entry]) => {
    clearTimeout(timer);
    if (entry.isIntersecting) timer = setTimeout(tell, SEEN_MS);
  });
  if (last) watcher.observe(last);

  function tell() {
    if (document.hidden) return document.addEventListener("visibilitychange", tell, { once: true });
    watcher.disconnect();
    const body = new URLSearchParams({
      csrf_token: document.querySelector("input[name=csrf_token]").value,
      number: last.dataset.lastPost,
    });
    fetch(posts.dataset.readUrl, { method: "POST", body, keepalive: true }).catch(() => {
      // Away from the net: the conversation stays unread, which is the safe side.
    });
  }
}
