// Stands in for the package `react-style-singleton`, which writes a <style> element while a dialog is open. Our content
// security policy refuses those; a constructed style sheet does the same and needs no exception.
import { useEffect } from "react";

/** Makes a component that applies its `styles` to the page for as long as one of its instances is mounted. */
export function styleSingleton() {
  const sheet = new CSSStyleSheet();
  let mounted = 0;
  return ({ styles, dynamic }) => {
    useEffect(() => {
      if (mounted === 0) {
        sheet.replaceSync(styles);
        document.adoptedStyleSheets.push(sheet);
      }
      mounted += 1;
      return () => {
        mounted -= 1;
        if (mounted === 0) {
          document.adoptedStyleSheets = document.adoptedStyleSheets.filter((other) => other !== sheet);
        }
      };
    }, [styles && dynamic]);
    return null;
  };
}
