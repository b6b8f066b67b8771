namespace ContosoSuites.Local.Models.Dialogue.Text;

/// <summary>A word of a message.</summary>
/// <param name="Plain">In lower case and without accents.</param>
/// <param name="LooksLikeName">Whether it has a capital that grammar does not ask for, or stands behind "at".</param>
internal readonly record struct SpokenWord(string Plain, bool LooksLikeName);
