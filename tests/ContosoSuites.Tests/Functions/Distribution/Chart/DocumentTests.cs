using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using ContosoSuites.Functions.Distribution.Chart;
using Xunit;

namespace ContosoSuites.Tests.Functions.Distribution.Chart;

public sealed partial class DocumentTests
{
    [Fact]
    public async Task The_policy_knows_the_pages_own_style_and_script_by_their_hashes()
    {
        IHtmlDocument page = new HtmlParser().ParseDocument(await ChartServer.RenderAsync(ChartServer.ViewOf(SampleReport.Balanced())));

        Assert.Contains($"style-src {Hash(page.QuerySelector("style")!.TextContent)};", Document.ContentSecurityPolicy, StringComparison.Ordinal);
        Assert.Contains($"script-src {Hash(page.QuerySelector("script")!.TextContent)};", Document.ContentSecurityPolicy, StringComparison.Ordinal);
    }

    [Fact]
    public void The_policy_allows_nothing_that_is_not_named()
    {
        Assert.StartsWith("default-src 'none';", Document.ContentSecurityPolicy, StringComparison.Ordinal);
        Assert.EndsWith("frame-ancestors 'none'", Document.ContentSecurityPolicy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", Document.ContentSecurityPolicy, StringComparison.Ordinal);
    }

    /// <summary>WCAG 2.2, 1.4.11: graphics stand out by 3 to 1 from what is behind them.</summary>
    [Fact]
    public void Every_fill_stands_out_from_the_card_in_light_and_in_dark()
    {
        string[] halves = Document.Style.Split("@media (prefers-color-scheme: dark)");
        Assert.Equal(2, halves.Length);
        foreach (string half in halves)
        {
            Dictionary<string, string> colors = Color().Matches(half).ToDictionary(match => match.Groups[1].Value, match => match.Groups[2].Value);
            List<string> fills = [.. colors.Keys.Where(name => name.StartsWith("series-", StringComparison.Ordinal)), "nobody", "tokens"];
            Assert.Equal(8, fills.Count);
            Every.One(fills, fill => Assert.True(
                Contrast(colors[fill], colors["card"]) >= 3,
                string.Create(CultureInfo.InvariantCulture, $"{fill} {colors[fill]} on {colors["card"]}: {Contrast(colors[fill], colors["card"]):0.00}")));
        }
    }

    private static string Hash(string text) => $"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)))}'";

    private static double Contrast(string one, string other)
    {
        (double first, double second) = (Luminance(one), Luminance(other));
        return (Math.Max(first, second) + 0.05) / (Math.Min(first, second) + 0.05);
    }

    private static double Luminance(string color)
    {
        double[] parts = [.. Convert.FromHexString(color).Select(part => part / 255.0).Select(part => part <= 0.04045 ? part / 12.92 : Math.Pow((part + 0.055) / 1.055, 2.4))];
        return (0.2126 * parts[0]) + (0.7152 * parts[1]) + (0.0722 * parts[2]);
    }

    [GeneratedRegex(@"--([a-z0-9-]+): #([0-9a-f]{6});")]
    private static partial Regex Color();
}
