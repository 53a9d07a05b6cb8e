/**
 * Lets a form be sent once, and has the pressed button say that it is working.
 *
 * @param {HTMLFormElement} form
 */
export function submitOnce(form) {
  let sent = false;
  let restore = () => {};

  form.addEventListener("submit", (event) => {
    if (sent) {
      event.preventDefault();
      return;
    }
    sent = true;
    const pressed = event.submitter ?? form.querySelector("button");
    const label = pressed.textContent;
    const buttons = [...form.querySelectorAll("button:enabled")];
    // Only after this event: a button that is disabled now would be missing from what is sent.
    setTimeout(() => {
      buttons.forEach((button) => (button.disabled = true));
      pressed.textContent = pressed.dataset.busyText;
      pressed.setAttribute("aria-busy", "true");
    });
    restore = () => {
      buttons.forEach((button) => (button.disabled = false));
      pressed.textContent = label;
      pressed.removeAttribute("aria-busy");
      sent = false;
    };
  });

  // The browser's back button can bring the page back just as it was left.
  window.addEventListener("pageshow", (event) => event.persisted && restore());
}
