using System.Globalization;
using ContosoSuites.Functions.Http;
using Microsoft.AspNetCore.Http;

namespace ContosoSuites.Functions.Storage;

/// <summary>Says of a store's failure what the caller should be told: nothing was stored, and what to do.</summary>
/// <param name="outage">Tells the log what is the matter with the store.</param>
internal sealed class StorageProblems(StorageOutage outage) : IProblemSource
{
    /// <inheritdoc/>
    public FunctionProblem? Describe(Exception exception)
    {
        switch (exception)
        {
            case StorageUnavailableException e:
                outage.Begin(e);
                return new FunctionProblem(
                    StatusCodes.Status503ServiceUnavailable,
                    "The data store is not available.",
                    "Nothing of this request was stored. Try again later; the app's log names the store and the cause.",
                    e.RetryAfter is { } wait ? Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture) : null)
                {
                    Cause = e.Problem.ToString(),
                };
            case ItemTooLargeException:
                return new FunctionProblem(
                    StatusCodes.Status413PayloadTooLarge,
                    "This is too much to be stored in one piece.",
                    "Nothing of this request was stored. Send less at once; a conversation that has grown too long has to be begun anew.")
                {
                    Cause = nameof(ItemTooLargeException),
                };
            default:
                return null;
        }
    }
}
