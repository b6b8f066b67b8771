using System.Globalization;
using System.Text.RegularExpressions;

namespace ContosoSuites.Functions.Gateway;

/// <summary>
/// What the models cost, by the prices in setting <c>AzureOpenAI:Prices</c>: the one place that makes money of tokens. A deployment
/// without a price has no cost, rather than one of 0.
/// </summary>
public sealed partial class ModelPrices
{
    private const decimal Million = 1_000_000;

    // Far above any price, and low enough that no number of tokens leaves the range of a decimal.
    private const decimal Highest = 10_000;

    private const string Expected =
        "Write NAME=PROMPT/COMPLETION for each priced deployment, with commas between, in US dollars per million tokens from 0 to 10000, "
        + "such as gpt-5.4-mini=0.825/4.95,text-embedding-3-small=0.02/0. Leave the setting out, and nothing has a cost.";

    private readonly string _chatDeployment;

    /// <summary>Takes the prices of settings that have been validated.</summary>
    /// <param name="options">Section <c>AzureOpenAI</c>.</param>
    public ModelPrices(AzureOpenAIOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _chatDeployment = options.DeploymentName;
        ByDeployment = Split(options.Prices).Select(Read).OfType<KeyValuePair<string, ModelPrice>>().ToDictionary(StringComparer.Ordinal);
    }

    /// <summary>The prices by deployment; empty where there are none.</summary>
    public IReadOnlyDictionary<string, ModelPrice> ByDeployment { get; }

    /// <summary>What tokens cost, in US dollars; null for a deployment without a price.</summary>
    /// <param name="deployment">The deployment's name.</param>
    /// <param name="promptTokens">Tokens sent to the model.</param>
    /// <param name="completionTokens">Tokens that it answered.</param>
    public decimal? CostOf(string deployment, long promptTokens, long completionTokens) => ByDeployment.TryGetValue(deployment, out ModelPrice? price)
        ? ((promptTokens * price.Prompt) + (completionTokens * price.Completion)) / Million
        : null;

    /// <summary>What tokens of the chat model cost, in US dollars; null where it has no price.</summary>
    /// <param name="promptTokens">Tokens sent to the model.</param>
    /// <param name="completionTokens">Tokens that it answered.</param>
    public decimal? CostOfChat(long promptTokens, long completionTokens) => CostOf(_chatDeployment, promptTokens, completionTokens);

    /// <summary>What is wrong with the setting's text, and what to write instead. Null for a right one.</summary>
    internal static string? FindWrong(string text)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (string entry in Split(text))
        {
            if (Read(entry) is not { } price)
            {
                return $"'{entry}' is no deployment with its prices. {Expected}";
            }

            if (!names.Add(price.Key))
            {
                return $"{price.Key} is priced twice. {Expected}";
            }
        }

        return null;
    }

    private static string[] Split(string text) => text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    private static KeyValuePair<string, ModelPrice>? Read(string entry) =>
        Entry().Match(entry) is { Success: true } match && ReadPrice(match.Groups[2].Value) is { } prompt && ReadPrice(match.Groups[3].Value) is { } completion
            ? new(match.Groups[1].Value, new ModelPrice(prompt, completion))
            : null;

    private static decimal? ReadPrice(string text) =>
        decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal price) && price <= Highest ? price : null;

    [GeneratedRegex(@"^([^\s=/]+)=([0-9]+(?:\.[0-9]+)?)/([0-9]+(?:\.[0-9]+)?)$", RegexOptions.CultureInvariant)]
    private static partial Regex Entry();
}

/// <summary>What a deployment's tokens cost, in US dollars per million.</summary>
/// <param name="Prompt">Tokens sent to the model.</param>
/// <param name="Completion">Tokens that it answered.</param>
public sealed record ModelPrice(decimal Prompt, decimal Completion);
