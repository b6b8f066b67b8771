using System.ComponentModel.DataAnnotations;
using ContosoSuites.Functions.Storage;
using ContosoSuites.Functions.Storage.Cosmos;
using Microsoft.Azure.Cosmos;

namespace ContosoSuites.Local.Cli;

/// <summary><c>seed --cosmos URL</c>: the sample data into a deployed account.</summary>
internal static class SeedCommand
{
    /// <summary>The identity that writes, in words.</summary>
    public const string Identity = "whoever is signed in here";

    // A role that was assigned a moment ago, as azd does, takes some time to count.
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);

    /// <summary>Puts the data there and prints a line of what is new and what was there.</summary>
    /// <returns>The exit code: 0 when all of it is there.</returns>
    public static async Task<int> RunAsync(
        CosmosSettings settings,
        Func<CancellationToken, Task<IReadOnlyList<CosmosSeedCount>>> plant,
        TextWriter output,
        TextWriter error,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        var wrong = new List<ValidationResult>();
        if (!Validator.TryValidateObject(settings, new ValidationContext(settings), wrong))
        {
            await error.WriteLineAsync(string.Join('\n', wrong.Select(result => $"{result.MemberNames.Single()} {result.ErrorMessage}")));
            return 1;
        }

        long start = time.GetTimestamp();
        while (true)
        {
            try
            {
                IReadOnlyList<CosmosSeedCount> counts = await plant(cancellationToken);
                await output.WriteLineAsync($"{settings.AccountEndpoint} {settings.DatabaseName}: {string.Join("; ", counts.Select(Describe))}.");
                return 0;
            }
            catch (StorageUnavailableException e) when (IsRoleMissing(e) && time.GetElapsedTime(start) < LongestWait)
            {
                await error.WriteLineAsync("No permission yet: a new role takes some minutes to count. Trying again...");
                await Task.Delay(Pause, time, cancellationToken);
            }
            catch (StorageUnavailableException e)
            {
                await error.WriteLineAsync(e.Message);
                return 1;
            }
        }
    }

    private static string Describe(CosmosSeedCount count) => $"{count.Created} {count.Name} created, {count.There} already there";

    private static bool IsRoleMissing(StorageUnavailableException exception) =>
        exception is { Problem: StorageProblem.Forbidden, InnerException: CosmosException { StatusCode: System.Net.HttpStatusCode.Forbidden } };
}
