using System.Net;
using System.Text.Json;
using Xunit;

namespace ContosoSuites.Tests;

/// <summary>What every error of the app has to be: problem+json with the status, a title and what to do.</summary>
internal static class ProblemAssert
{
    /// <summary>Checks the shape and that the text names what it should; returns the problem.</summary>
    public static async Task<JsonElement> IsProblemAsync(HttpResponseMessage response, HttpStatusCode status, params string[] mentions)
    {
        string body = await TestSystem.TextAsync(response);
        Assert.True(response.StatusCode == status, $"Expected {(int)status}, got {(int)response.StatusCode}: {body}");
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        JsonElement problem = JsonSerializer.Deserialize<JsonElement>(body);
        Assert.Equal((int)status, problem.GetProperty("status").GetInt32());
        string text = $"{problem.GetProperty("title").GetString()} {problem.GetProperty("detail").GetString()}";
        foreach (string mention in mentions)
        {
            Assert.Contains(mention, text, StringComparison.Ordinal);
        }

        Assert.DoesNotContain("openai-primary", body, StringComparison.Ordinal);
        Assert.DoesNotContain("openai-secondary", body, StringComparison.Ordinal);
        return problem;
    }
}
