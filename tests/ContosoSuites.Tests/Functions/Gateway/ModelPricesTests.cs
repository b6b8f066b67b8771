using System.Globalization;
using ContosoSuites.Functions.Gateway;
using Xunit;

namespace ContosoSuites.Tests.Functions.Gateway;

/// <summary>Tokens become money by the settings' prices, and by nothing else.</summary>
public sealed class ModelPricesTests
{
    private const string Usual = " gpt-5.4-mini=0.825/4.95 ,text-embedding-3-small=0.02/0,";

    [Theory]
    [InlineData("gpt-5.4-mini", 1_000_000, 0, "0.825")]
    [InlineData("gpt-5.4-mini", 0, 1_000_000, "4.95")]
    [InlineData("gpt-5.4-mini", 1, 1, "0.000005775")]
    [InlineData("text-embedding-3-small", 3, 7, "0.00000006")]
    [InlineData("gpt-5.4-mini", 0, 0, "0")]
    [InlineData("GPT-5.4-mini", 1, 1, null)]
    [InlineData("", 1, 1, null)]
    public void Prompt_and_completion_tokens_have_their_own_price(string deployment, long prompt, long completion, string? cost) =>
        Assert.Equal(cost is null ? null : decimal.Parse(cost, CultureInfo.InvariantCulture), Read(Usual).CostOf(deployment, prompt, completion));

    [Fact]
    public void The_chat_models_price_is_that_of_its_deployment()
    {
        Assert.Equal(5.775m, Read(Usual).CostOfChat(1_000_000, 1_000_000));
        Assert.Null(Read("text-embedding-3-small=0.02/0").CostOfChat(1, 1));
    }

    [Fact]
    public void Without_the_setting_nothing_has_a_price()
    {
        Assert.Empty(Read("").ByDeployment);
        Assert.Null(Read("").CostOf("gpt-5.4-mini", 0, 0));
    }

    [Fact]
    public void As_many_tokens_as_can_be_counted_at_the_highest_price_have_a_cost() =>
        Assert.Equal(2m * long.MaxValue / 100, Read("dear=10000/10000").CostOf("dear", long.MaxValue, long.MaxValue));

    [Fact]
    public void A_machine_that_writes_commas_reads_the_same_prices()
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("de-DE");
        try
        {
            Assert.Null(ModelPrices.FindWrong(Usual));
            Assert.Equal(0.825m, Read(Usual).ByDeployment["gpt-5.4-mini"].Prompt);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Theory]
    [InlineData("gpt-5.4-mini")]
    [InlineData("gpt-5.4-mini=0.825")]
    [InlineData("gpt-5.4-mini=0.825/")]
    [InlineData("=0.825/4.95")]
    [InlineData("gpt-5.4-mini=0,825/4,95")]
    [InlineData("gpt-5.4-mini=-1/4.95")]
    [InlineData("gpt-5.4-mini=1e3/4.95")]
    [InlineData("gpt-5.4-mini=.825/4.95")]
    [InlineData("gpt-5.4-mini=1.2.3/4.95")]
    [InlineData("gpt-5.4-mini=0.825/10000.01")]
    [InlineData("gpt-5.4-mini=99999999999999999999999999999999/1")]
    [InlineData("gpt-5.4-mini=0.825/4.95;other=1/1")]
    [InlineData("gpt 5=1/1")]
    [InlineData("a=1/1,b=x/1")]
    [InlineData("a=1/1,a=2/1")]
    public void What_is_no_price_is_named_with_what_to_write(string text)
    {
        string wrong = Assert.IsType<string>(ModelPrices.FindWrong(text));

        Assert.Contains("Write NAME=PROMPT/COMPLETION", wrong, StringComparison.Ordinal);
        Assert.Contains("US dollars per million tokens", wrong, StringComparison.Ordinal);
    }

    private static ModelPrices Read(string prices) => new(new AzureOpenAIOptions { DeploymentName = "gpt-5.4-mini", Prices = prices });
}
