// For pages that are opened from a folder. There a browser starts no worker, and the theme's search runs in one: so its
// script runs in a hidden frame instead, which is given the few things that a worker has.
if (location.protocol === "file:") {
  window.Worker = class extends EventTarget {
    #waiting = [];
    #frame = document.createElement("iframe");

    constructor(url) {
      super();
      this.#frame.hidden = true;
      document.body.append(this.#frame);
      const inside = this.#frame.contentWindow;
      inside.postMessage = (data) => this.dispatchEvent(new MessageEvent("message", { data }));
      inside.importScripts = (...urls) => Promise.all(urls.map((script) => this.#load(new URL(script, new URL(url, location)))));
      this.#load(url).then(() => {
        for (const data of this.#waiting.splice(0)) this.#tell(data);
        this.#waiting = null;
      });
    }

    postMessage(data) {
      if (this.#waiting) this.#waiting.push(data);
      else this.#tell(data);
    }

    terminate() {
      this.#frame.remove();
    }

    #tell(data) {
      const { contentWindow: inside } = this.#frame;
      inside.dispatchEvent(new inside.MessageEvent("message", { data }));
    }

    #load(url) {
      const script = this.#frame.contentDocument.createElement("script");
      const loaded = new Promise((done, failed) => Object.assign(script, { onload: done, onerror: failed }));
      script.src = url;
      this.#frame.contentDocument.head.append(script);
      return loaded;
    }
  };
}
