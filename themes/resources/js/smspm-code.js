import { submitOnce } from "./smspm-form.js";

// When a screen reader is told how much time is left, in seconds.
const SPOKEN_AT = [60, 30, 10];

const form = document.getElementById("smspm-code-form");
const field = document.getElementById("code");
const status = document.getElementById("smspm-status");
const valid = document.getElementById("smspm-valid");
const wait = document.getElementById("smspm-wait");
const resend = form.querySelector('button[name="resend"]');
const length = Number(form.dataset.codeLength);
let selfSubmit = form.dataset.selfSubmit === "true";

submitOnce();
if (field) {
  readCode();
  listenForMessage();
}
if (valid) {
  countDown(valid, SPOKEN_AT, () => {});
}
if (wait) {
  resend.disabled = true;
  countDown(wait, [], () => (resend.disabled = false));
}

/** Takes the code out of whatever is typed, pasted or filled in, and sends it when it is complete. */
function readCode() {
  field.addEventListener("paste", (event) => {
    // The field would drop the line breaks, and add to what is already there.
    const code = codeIn(event.clipboardData.getData("text"));
    if (code) {
      event.preventDefault();
      enter(code);
    }
  });
  field.addEventListener("input", (event) => {
    const code = event.isComposing ? null : codeIn(field.value);
    if (code) {
      enter(code);
    }
  });
}

function enter(code) {
  field.value = code;
  // Once: whoever corrects a digit afterwards presses the button.
  if (selfSubmit) {
    selfSubmit = false;
    form.requestSubmit();
  }
}

/** Has the browser hand over the code of the message where it can (WebOTP). */
function listenForMessage() {
  if (!("OTPCredential" in window)) {
    return;
  }
  const abort = new AbortController();
  document.addEventListener("submit", () => abort.abort());
  navigator.credentials
    .get({ otp: { transport: ["sms"] }, signal: abort.signal })
    .then((message) => {
      const code = message && codeIn(message.code);
      if (code) {
        enter(code);
      }
    })
    // Aborted, refused or timed out: the field is there for typing.
    .catch(() => {});
}

/** The one code in a text, in ASCII digits, or null. */
function codeIn(text) {
  const ascii = text.replace(/\p{Nd}/gu, asciiDigit);
  const bound = [...ascii.matchAll(/@\S+ #(\d+)(?!\d)/g)].at(-1);
  if (bound?.[1].length === length) {
    return bound[1];
  }
  const bare = ascii.replace(/[\s\p{Pd}]/gu, "");
  if (/^\d*$/.test(bare)) {
    return bare.length === length ? bare : null;
  }
  const inText =
    ascii.match(new RegExp(`(?<!\\d)\\d{${length}}(?!\\d)`)) ??
    ascii.match(new RegExp(`(?<!\\d)\\d{3,4}[\\s\\p{Pd}]\\d{${length - 4},${length - 3}}(?!\\d)`, "u"));
  const code = inText?.[0].replace(/\D/g, "");
  return code?.length === length ? code : null;
}

/** Unicode's digits stand in runs of ten that start at a code point ending in hexadecimal 0 or 6. */
function asciiDigit(digit) {
  const point = digit.codePointAt(0);
  const start = point - (point % 16);
  return point - (/\p{Nd}/u.test(String.fromCodePoint(start)) ? start : start + 6);
}

/** 299 becomes 4:59, and 86399 becomes 23:59:59. */
function clock(seconds) {
  const [hours, minutes, rest] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const twoDigits = (number) => String(number).padStart(2, "0");
  return (hours > 0 ? `${hours}:${twoDigits(minutes)}` : `${minutes}`) + `:${twoDigits(rest)}`;
}

/** Counts the seconds of an element down. The clock may jump, as it does when a laptop wakes up. */
function countDown(element, spokenAt, done) {
  const { text, done: doneText } = element.dataset;
  const shown = element.firstElementChild;
  const end = Date.now() + Number(element.dataset.seconds) * 1000;
  const seconds = new Intl.NumberFormat(document.documentElement.lang || undefined, {
    style: "unit",
    unit: "second",
    unitDisplay: "long",
  });
  let toSpeak = spokenAt.filter((at) => at < element.dataset.seconds);

  const timer = setInterval(tick, 1000);
  function tick() {
    if (!element.isConnected) {
      // Another script found that there is nothing to wait for.
      clearInterval(timer);
      return;
    }
    const left = Math.max(0, Math.ceil((end - Date.now()) / 1000));
    if (left === 0) {
      clearInterval(timer);
      shown.textContent = status.textContent = doneText;
      done();
      return;
    }
    shown.textContent = text.replace("{0}", clock(left));
    if (left <= toSpeak[0]) {
      toSpeak = toSpeak.filter((at) => at < left);
      status.textContent = text.replace("{0}", seconds.format(left));
    }
  }
}
