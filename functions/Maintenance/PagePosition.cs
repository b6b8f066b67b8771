using System.Buffers.Text;
using System.Text;
using ContosoSuites.Functions.Storage;

namespace ContosoSuites.Functions.Maintenance;

/// <summary>The last request of a page. The next page goes on behind it, wherever it may stand by then.</summary>
/// <param name="Date">Its date, as stored.</param>
/// <param name="Id">Its id.</param>
internal sealed record PagePosition(string Date, string Id)
{
    private const char Separator = ' ';

    /// <summary>The position as a token that a caller can hand back.</summary>
    public string ToToken() => Base64Url.EncodeToString(Encoding.UTF8.GetBytes($"{Date}{Separator}{Id}"));

    /// <summary>The position that a token stands for; null for no token.</summary>
    public static PagePosition? FromToken(string? token)
    {
        if (token is null)
        {
            return null;
        }

        if (!Base64Url.IsValid(token))
        {
            throw new InvalidContinuationTokenException();
        }

        string text = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(token));
        int separator = text.IndexOf(Separator, StringComparison.Ordinal);
        return separator > 0 && StoredTime.IsTime(text[..separator])
            ? new PagePosition(text[..separator], text[(separator + 1)..])
            : throw new InvalidContinuationTokenException();
    }
}
