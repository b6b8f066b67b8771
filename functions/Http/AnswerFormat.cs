using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace ContosoSuites.Functions.Http;

/// <summary>The forms in which a conversation function answers.</summary>
internal enum AnswerFormat
{
    /// <summary>The reply as text/plain: what the dashboard reads, and the default.</summary>
    Text,

    /// <summary>The reply and what is known about it, as application/json.</summary>
    Json,

    /// <summary>The reply as it comes, as text/event-stream.</summary>
    EventStream,
}

/// <summary>Chooses the form by the request's Accept header.</summary>
internal static class AnswerFormats
{
    /// <summary>The format with the highest quality in Accept; <see cref="AnswerFormat.Text"/> where none of ours is named.</summary>
    public static AnswerFormat GetAnswerFormat(this HttpRequest request) =>
        request.GetTypedHeaders().Accept
            .Where(accepted => accepted.Quality is not 0)
            .OrderByDescending(accepted => accepted, MediaTypeHeaderValueComparer.QualityComparer)
            .Select(accepted => accepted.MediaType.ToString().ToLowerInvariant() switch
            {
                "application/json" => AnswerFormat.Json,
                "text/event-stream" => AnswerFormat.EventStream,
                "text/plain" or "text/*" or "*/*" => AnswerFormat.Text,
                _ => (AnswerFormat?)null,
            })
            .FirstOrDefault(format => format is not null) ?? AnswerFormat.Text;
}
