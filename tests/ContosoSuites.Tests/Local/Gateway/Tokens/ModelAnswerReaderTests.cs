using System.Text;
using ContosoSuites.Local.Gateway.Tokens;
using ContosoSuites.Tests.Local.Gateway.Support;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace ContosoSuites.Tests.Local.Gateway.Tokens;

/// <summary>What is read of an answer does not depend on where its pieces are cut.</summary>
public sealed class ModelAnswerReaderTests
{
    private static readonly Config Seeded = Config.QuickThrowOnFailure.WithMaxTest(300).WithReplay(20260301, 11, 300);

    // What may stand in an answer beside the usage, some of it made to be mistaken for one.
    private static readonly Gen<string> Members = Gen.Elements(
        """ "choices":[{"usage":{"prompt_tokens":9,"total_tokens":9},"model":"other"}] """,
        """ "text":"\"usage\":{\"prompt_tokens\":1}" """,
        """ "brackets":"}]}{[\\" """,
        """ "a\"usage":{"prompt_tokens":7,"total_tokens":7} """,
        """ "numbers":[0.25,-1e9,[[]],{}] """,
        """ "nothing":null """,
        """ "":"" """,
        $"\"vector\":\"{new string('x', 9000)}\"");

    private static readonly Gen<Case> Json =
        from before in Members.ArrayOf(3)
        from after in Members.ArrayOf(2)
        from prompt in Gen.Choose(1, 100_000)
        from completion in Gen.Choose(0, 5000)
        from cuts in Gen.Choose(0, 20_000).ArrayOf(12)
        select new Case($$"""{{{string.Concat(before.Select(member => member + ","))}}"model":"gpt-5","usage":{{Answers.Usage(prompt, completion)}}{{string.Concat(after.Select(member => "," + member))}}}""", prompt, completion, cuts);

    private static readonly Gen<Case> Streams =
        from words in Gen.Choose(0, 30)
        from prompt in Gen.Choose(1, 100_000)
        from completion in Gen.Choose(0, 5000)
        from newLine in Gen.Elements("\n", "\r\n", "\r")
        from comment in Gen.Elements("", ": a comment", "event: message", "data")
        from cuts in Gen.Choose(0, 4000).ArrayOf(20)
        select new Case(comment + newLine + Answers.Stream(words, Answers.Usage(prompt, completion), newLine), prompt, completion, cuts);

    [Fact]
    public void An_object_cut_anywhere() => Prop.ForAll(Json.ToArbitrary(), test => test.IsReadBy(new ModelAnswerReader(isStream: false), "gpt-5")).Check(Seeded);

    [Fact]
    public void A_stream_cut_anywhere() => Prop.ForAll(Streams.ToArbitrary(), test => test.IsReadBy(new ModelAnswerReader(isStream: true), "gpt-5.4-mini-2026")).Check(Seeded);

    [Fact]
    public void Every_byte_on_its_own()
    {
        foreach (var (reader, text) in new (ModelAnswerReader, string)[]
        {
            (new ModelAnswerReader(isStream: false), Answers.Chat(12, 34, "\\\"{\\\\")),
            (new ModelAnswerReader(isStream: true), Answers.Stream(3, Answers.Usage(12, 34), "\r\n")),
        })
        {
            foreach (var value in Encoding.UTF8.GetBytes(text))
            {
                Assert.False(reader.IsComplete && reader.Usage is null);
                reader.Read([value]);
            }

            Assert.Equal(reader.IsStream, reader.IsComplete);
            reader.End();
            Assert.Equal(new TokenUsage(12, 34, 46), reader.Usage);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("not JSON")]
    [InlineData("}")]
    [InlineData("[{\"usage\":{\"prompt_tokens\":1,\"total_tokens\":1}}]")]
    [InlineData("\"usage\"")]
    [InlineData("{\"usage\":null}")]
    [InlineData("{\"usage\":[{\"prompt_tokens\":1,\"total_tokens\":1}]}")]
    [InlineData("{\"usage\":{}}")]
    [InlineData("{\"usage\":{\"prompt_tokens\":-1,\"completion_tokens\":2,\"total_tokens\":1}}")]
    [InlineData("{\"usage\":{\"prompt_tokens\":\"many\"}}")]
    [InlineData("{\"usage\":{\"total_tokens\":99999999999}}")]
    [InlineData("{\"usage\":{\"total_tokens\":1")]
    [InlineData("{\"usage\":{\"total_tokens\":1}")]
    [InlineData("{\"USAGE\":{\"total_tokens\":1}}")]
    public void What_tells_no_usage(string text)
    {
        var reader = new ModelAnswerReader(isStream: false);

        reader.Read(Encoding.UTF8.GetBytes(text));
        reader.End();

        Assert.Null(reader.Usage);
        Assert.Null(reader.Estimate(requestBytes: 100));
    }

    [Theory]
    [InlineData(false, "{\"usage\":{\"total_tokens\":1},\"text\":\"")]
    [InlineData(true, "data: {\"usage\":{\"total_tokens\":1},\"text\":\"")]
    public void What_does_not_end_is_not_waited_for(bool isStream, string start)
    {
        var reader = new ModelAnswerReader(isStream);
        var filler = Encoding.UTF8.GetBytes(new string('x', 1024 * 1024));

        reader.Read(Encoding.UTF8.GetBytes(start));
        for (var i = 0; i < 16; i++)
        {
            Assert.False(reader.IsComplete);
            reader.Read(filler);
        }

        Assert.True(reader.IsComplete);
        Assert.Null(reader.Usage);
    }

    [Fact]
    public void Some_servers_leave_the_sum_out()
    {
        var reader = new ModelAnswerReader(isStream: false);

        reader.Read("""{"usage":{"prompt_tokens":5,"completion_tokens":2}}"""u8);
        reader.End();

        Assert.Equal(7, reader.Usage?.Sum);
    }

    [Fact]
    public void Of_the_usages_in_a_stream_the_last_counts()
    {
        var reader = new ModelAnswerReader(isStream: true);

        reader.Read(Encoding.UTF8.GetBytes($"data: {{\"usage\":{Answers.Usage(3, 1)}}}\n\ndata:{{\"usage\":{Answers.Usage(3, 2)}}}\n\ndata: [DONE]\n\n"));

        Assert.Equal(5, reader.Usage?.Sum);
    }

    [Fact]
    public void A_stream_without_a_usage_is_estimated()
    {
        var reader = new ModelAnswerReader(isStream: true);

        reader.Read(Encoding.UTF8.GetBytes(Answers.Stream(words: 8, usage: null)));

        Assert.Null(reader.Usage);
        Assert.True(reader.IsComplete);
        Assert.Equal(new TokenUsage(26, 8, 34), reader.Estimate(requestBytes: 101));
    }

    internal sealed record Case(string Text, int Prompt, int Completion, int[] Cuts)
    {
        public bool IsReadBy(ModelAnswerReader reader, string model)
        {
            var bytes = Encoding.UTF8.GetBytes(Text);
            var from = 0;
            foreach (var cut in Cuts.Where(cut => cut < bytes.Length).Order().Append(bytes.Length))
            {
                reader.Read(bytes.AsSpan(from..cut));
                from = cut;
            }

            reader.End();
            return reader.Usage == new TokenUsage(Prompt, Completion, Prompt + Completion) && reader.Model == model;
        }
    }
}
