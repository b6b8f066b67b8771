using System.Globalization;
using System.Text;

namespace ContosoSuites.Local.Models.Dialogue.Text;

/// <summary>Compares words as a forgiving reader does: without accents and case, and over a slip or two.</summary>
internal static class Spelling
{
    private const int ShortestWithOneSlip = 5;
    private const int ShortestWithTwoSlips = 7;

    /// <summary>In lower case and without accents.</summary>
    public static string Plain(string word)
    {
        var plain = new StringBuilder(word.Length);
        foreach (char letter in word.Normalize(NormalizationForm.FormD))
        {
            if (CharUnicodeInfo.GetUnicodeCategory(letter) is not UnicodeCategory.NonSpacingMark)
            {
                plain.Append(char.ToLowerInvariant(letter));
            }
        }

        return plain.ToString();
    }

    /// <summary>
    /// Whether a plain word is another one with slips. The first letter has to be right, as it nearly always is: otherwise
    /// "fridge" would pass for "ridge".
    /// </summary>
    public static bool IsSlip(string word, string meant)
    {
        int allowed = meant.Length switch
        {
            >= ShortestWithTwoSlips => 2,
            >= ShortestWithOneSlip => 1,
            _ => 0,
        };
        return allowed > 0
            && word.Length > 0
            && word[0] == meant[0]
            && Math.Abs(word.Length - meant.Length) <= allowed
            && CountSlips(word, meant) <= allowed;
    }

    /// <summary>Letters left out, added, changed, or swapped with their neighbor.</summary>
    private static int CountSlips(string word, string meant)
    {
        var slips = new int[word.Length + 1, meant.Length + 1];
        for (int i = 0; i <= word.Length; i++)
        {
            for (int j = 0; j <= meant.Length; j++)
            {
                slips[i, j] = (i, j) switch
                {
                    (_, 0) => i,
                    (0, _) => j,
                    _ => Math.Min(
                        Math.Min(slips[i - 1, j], slips[i, j - 1]) + 1,
                        slips[i - 1, j - 1] + (word[i - 1] == meant[j - 1] ? 0 : 1)),
                };
                if (i > 1 && j > 1 && word[i - 1] == meant[j - 2] && word[i - 2] == meant[j - 1])
                {
                    slips[i, j] = Math.Min(slips[i, j], slips[i - 2, j - 2] + 1);
                }
            }
        }

        return slips[word.Length, meant.Length];
    }
}
