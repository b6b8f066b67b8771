using System.ComponentModel.DataAnnotations;

namespace ContosoSuites.Functions.Storage.Sqlite;

/// <summary>Section <c>Storage</c>.</summary>
public sealed class StorageOptions
{
    /// <summary>The SQLite file; a relative path starts at the app's content root. It is created when it is missing.</summary>
    [Required(ErrorMessage = "is empty: give it the path of the database file, or leave it out for data/contoso-suites.db.")]
    [RegularExpression("[^~].*", ErrorMessage = "starts with ~, which only a shell understands: write the folder out in full.")]
    public string SqlitePath { get; set; } = "data/contoso-suites.db";
}
