import { submitOnce } from "./smspm-form.js";

submitOnce();
