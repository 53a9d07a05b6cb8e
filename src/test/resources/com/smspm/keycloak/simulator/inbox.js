// Shows what the simulator took, newest conversation first. Messages are untrusted: text only, never HTML.
const threads = document.getElementById("threads");
const empty = threads.querySelector(".empty");
let shown = "";

function element(name, className, text) {
  const it = document.createElement(name);
  it.className = className;
  it.textContent = text;
  return it;
}

function bubble(message) {
  const it = element("div", "bubble", message.text);
  const meta = element("div", "meta", "");
  meta.append(element("span", "", `${message.from}, ${new Date(message.receivedAt).toLocaleTimeString()}`));
  if (message.code) {
    const copy = element("button", "code", message.code);
    copy.type = "button";
    copy.title = "Copy the code";
    copy.addEventListener("click", () => navigator.clipboard?.writeText(message.code));
    meta.append(copy);
  }
  it.append(meta);
  return it;
}

async function refresh() {
  const answer = await fetch("/_simulator/messages").catch(() => null);
  if (!answer?.ok) return;
  const messages = await answer.json();
  const state = messages.map((message) => message.id).join();
  if (state === shown && threads.childElementCount) return;
  shown = state;
  threads.replaceChildren(...(messages.length ? [] : [empty]));
  for (const to of new Set(messages.map((message) => message.to))) {
    threads.append(element("h2", "", to), ...messages.filter((message) => message.to === to).map(bubble));
  }
}

document.getElementById("clear").addEventListener("click", async () => {
  await fetch("/_simulator/messages", { method: "DELETE" });
  await refresh();
});
await refresh();
setInterval(() => document.hidden || refresh(), 1000);
