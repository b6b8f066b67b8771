using System.Globalization;
using ContosoSuites.Tests.Local.Gateway.Support;
using Xunit;

namespace ContosoSuites.Tests.Local.Gateway.Matrix;

/// <summary>The response matrix on a machine of another culture: another calendar, minus sign and casing change nothing.</summary>
[Collection(AloneCollection.Name)]
public sealed class CultureTests : IDisposable
{
    public CultureTests() => CultureInfo.DefaultThreadCurrentCulture = CultureInfo.GetCultureInfo("fa-IR");

    public void Dispose() => CultureInfo.DefaultThreadCurrentCulture = null;

    [Theory, MemberData(nameof(ResponseMatrixTests.Cases), MemberType = typeof(ResponseMatrixTests))]
    public Task Both_instances_do_it(string says, string cause, string operation) =>
        new ResponseMatrixTests().Both_instances_do_it(says, cause, operation);

    [Fact]
    public async Task A_retry_after_that_is_a_date()
    {
        var date = new DateTimeOffset(2026, 3, 1, 12, 0, 9, TimeSpan.Zero).ToString("r", CultureInfo.InvariantCulture);
        await using var first = await StubBackend.StartAsync("swedencentral", Stub.Answer(429, "{}", date));
        await using var second = await StubBackend.StartAsync("francecentral", Stub.Answer(429, "{}", date));
        await using var gateway = await TestGateway.StartAsync(first.Url, second.Url);

        using var response = await gateway.SendAsync(Operation.Chat);

        Assert.Equal((429, "9"), ((int)response.StatusCode, MatrixSystem.Header(response, "Retry-After")));
    }
}
