namespace ContosoSuites.Tests.Functions.Distribution.Chart;

/// <summary>Questions to a page, in its own language. Each answers with the texts that are not as they should be.</summary>
internal static class PageScripts
{
    /// <summary>Texts that lie upon each other. What scrolls within a box is clipped there, so it is left out.</summary>
    public const string OverlappingTexts =
        $$"""
        () => {
          {{VisibleTexts}}
          const found = [];
          const boxes = texts.filter(node => !node.parentElement.closest('.scroll')).flatMap(node => {
            const range = document.createRange();
            range.selectNodeContents(node);
            return [...range.getClientRects()].map(box => ({ text: node.data.trim(), box }));
          });
          for (let i = 0; i < boxes.length; i++)
            for (let j = i + 1; j < boxes.length; j++) {
              const [one, other] = [boxes[i].box, boxes[j].box];
              const across = Math.min(one.right, other.right) - Math.max(one.left, other.left);
              const down = Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top);
              // Boxes of lines are higher than their letters, so neighbors may touch by a little.
              if (across > 1 && down > 4) found.push(`${boxes[i].text} | ${boxes[j].text}`);
            }
          return found;
        }
        """;

    /// <summary>Texts that leave the window at a side.</summary>
    public const string TextsBeyondTheEdge =
        $$"""
        () => {
          {{VisibleTexts}}
          return texts.filter(node => !node.parentElement.closest('.scroll')).filter(node => {
            const range = document.createRange();
            range.selectNodeContents(node);
            const box = range.getBoundingClientRect();
            return box.left < 0 || box.right > innerWidth;
          }).map(node => node.data);
        }
        """;

    /// <summary>Texts below 12 pixels.</summary>
    public const string SmallTexts =
        $$"""
        () => {
          {{VisibleTexts}}
          return texts.filter(node => {
            const drawn = node.parentElement.closest('svg');
            const scale = drawn && drawn.getScreenCTM() ? drawn.getScreenCTM().a : 1;
            return parseFloat(getComputedStyle(node.parentElement).fontSize) * scale < 12;
          }).map(node => node.data);
        }
        """;

    /// <summary>Texts that stand out from what is behind them by less than 4.5 to 1 (WCAG 2.2, 1.4.3).</summary>
    public const string FaintTexts =
        $$"""
        () => {
          {{VisibleTexts}}
          const parts = color => color.match(/[\d.]+/g).map(Number);
          const light = color => parts(color).slice(0, 3).map(c => c / 255)
            .map(c => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)
            .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
          const behind = element => {
            for (let e = element; e; e = e.parentElement) {
              const color = getComputedStyle(e).backgroundColor;
              if ((parts(color)[3] ?? 1) > 0) return color;
            }
            return 'rgb(255, 255, 255)';
          };
          return texts.filter(node => {
            const element = node.parentElement;
            const style = getComputedStyle(element);
            const [one, other] = [light(element.closest('svg') ? style.fill : style.color), light(behind(element))];
            return (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05) < 4.5;
          }).map(node => node.data);
        }
        """;

    private const string VisibleTexts =
        """
        const texts = [];
        const walker = document.createTreeWalker(document.querySelector('main'), NodeFilter.SHOW_TEXT);
        for (let node = walker.nextNode(); node; node = walker.nextNode()) {
          const hidden = node.parentElement.closest('title, desc, caption, [hidden]')
            || (node.parentElement.closest('details:not([open])') && !node.parentElement.closest('summary'));
          if (node.data.trim() && !hidden && node.parentElement.getClientRects().length > 0) texts.push(node);
        }
        """;
}
