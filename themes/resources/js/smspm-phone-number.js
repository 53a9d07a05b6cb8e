import { submitOnce } from "./smspm-form.js";

const country = document.getElementById("country");
const hint = document.getElementById("smspm-example");

submitOnce();

country.addEventListener("change", () => {
  const { example } = country.selectedOptions[0].dataset;
  hint.textContent = example ? hint.dataset.text.replace("{0}", `\u2066${example}\u2069`) : "";
});
