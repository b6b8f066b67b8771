namespace ContosoSuites.Functions.Distribution.Chart;

/// <summary>Tokens by backend, and by the function that called.</summary>
internal static class TokenBars
{
    private const string Id = "tokens";

    /// <summary>Writes the chart.</summary>
    public static void Write(HtmlWriter html, DistributionReport report)
    {
        Section.Begin(html, Id, "Tokens", "Prompt and answer, by the backend that served and by the function that called.");
        WriteBackends(html, report.Backends);
        WriteFunctions(html, report.TokensByFunction);
        Section.End(html);
    }

    private static void WriteBackends(HtmlWriter html, IReadOnlyList<BackendReport> backends)
    {
        html.Write($"<h3>By backend <span>");
        BackendFills.WriteSample(html, BackendFills.Prompt);
        html.Write($"prompt");
        BackendFills.WriteSample(html, BackendFills.Answer);
        html.Write($"answer</span></h3><ul class=\"rows\">");
        long most = Math.Max(1, backends.Select(backend => Tokens(backend.Figures)).DefaultIfEmpty().Max());
        for (int i = 0; i < backends.Count; i++)
        {
            (string name, DistributionFigures figures) = (Words.Backend(backends[i].Backend), backends[i].Figures);
            WriteLabel(html, name, Tokens(figures));
            HorizontalBar.Begin(
                html, $"{Id}-backend-{i}", $"Tokens of {name}",
                $"{Words.Count(figures.PromptTokens)} of the prompts and {Words.Count(figures.CompletionTokens)} of the answers.");
            double prompt = (double)figures.PromptTokens / most;
            HorizontalBar.WritePart(html, 0, prompt, BackendFills.Prompt);
            HorizontalBar.WritePart(html, prompt, (double)figures.CompletionTokens / most, BackendFills.Answer);
            HorizontalBar.End(html);
            html.Write($"</li>");
        }

        html.Write($"</ul>");
    }

    private static void WriteFunctions(HtmlWriter html, IReadOnlyList<FunctionTokens> functions)
    {
        html.Write($"<h3>By function</h3><ul class=\"rows\">");
        long all = Math.Max(1, functions.Sum(function => function.Tokens));
        long most = Math.Max(1, functions.Select(function => function.Tokens).DefaultIfEmpty().Max());
        for (int i = 0; i < functions.Count; i++)
        {
            (string name, long tokens) = (Words.Function(functions[i].Function), functions[i].Tokens);
            WriteLabel(html, name, tokens);
            HorizontalBar.Begin(html, $"{Id}-function-{i}", $"Tokens of {name}", $"{Words.Percent((double)tokens / all)} of the tokens of all functions.");
            HorizontalBar.WritePart(html, 0, (double)tokens / most, BackendFills.Prompt);
            HorizontalBar.End(html);
            html.Write($"</li>");
        }

        html.Write($"</ul>");
    }

    private static void WriteLabel(HtmlWriter html, string name, long tokens) => html.Write(
        $"<li><p><span class=\"name\"><bdi>{name}</bdi></span> <span class=\"figure\"><b>{Words.Count(tokens)}</b></span></p>");

    private static long Tokens(DistributionFigures figures) => figures.PromptTokens + figures.CompletionTokens;
}
