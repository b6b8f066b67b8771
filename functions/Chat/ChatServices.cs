using ContosoSuites.Functions.Settings;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace ContosoSuites.Functions.Chat;

/// <summary>Chat about the hotels.</summary>
internal static class ChatServices
{
    /// <summary>Reads section <c>Chat</c>.</summary>
    public static void AddChat(this IHostApplicationBuilder builder)
    {
        builder.AddSettings<ChatSettings>("Chat");
        builder.Services.AddSingleton<ChatTools>();
    }
}
