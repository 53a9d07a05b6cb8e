const status = document.getElementById("smspm-status");

/** Lets one form of the page be sent, and once; the pressed button says that it is working. */
export function submitOnce() {
  const forms = [...document.querySelectorAll('form[id^="smspm-"]')];
  let restore = null;

  for (const form of forms) {
    form.addEventListener("submit", (event) => {
      if (restore) {
        event.preventDefault();
        return;
      }
      const elements = forms.flatMap((one) => [...one.elements]);
      const buttons = elements.filter((element) => element.type === "submit" && !element.disabled);
      const pressed = event.submitter ?? buttons.find((button) => button.form === form);
      const label = pressed.textContent;
      // Only after this event: a button that is disabled now would be missing from what is sent.
      setTimeout(() => {
        buttons.forEach((button) => (button.disabled = true));
        pressed.textContent = status.textContent = pressed.dataset.busyText ?? label;
        pressed.setAttribute("aria-busy", "true");
      });
      restore = () => {
        buttons.forEach((button) => (button.disabled = false));
        pressed.textContent = label;
        pressed.removeAttribute("aria-busy");
        status.textContent = "";
        restore = null;
      };
    });
  }

  // The browser's back button can bring the page back just as it was left.
  window.addEventListener("pageshow", (event) => event.persisted && restore?.());
}
