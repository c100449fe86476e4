using System.Globalization;
using System.Text;

namespace PstMigration.Formats;

/// <summary>
/// The names taken in one folder. They compare as the strictest file system does: without case and without regard to how accents
/// are composed.
/// </summary>
internal sealed class UniqueNames
{
    private readonly HashSet<string> _taken = new(StringComparer.OrdinalIgnoreCase);

    // Where counting goes on for a name that is taken: a thousand mails of one minute and subject must not try a thousand names each.
    private readonly Dictionary<string, int> _next = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Notes a name that is taken.</summary>
    public void Add(string name) => _taken.Add(Compose(name));

    /// <summary>Takes the name, or the first free one of <c>name (2)</c>, <c>name (3)</c>.</summary>
    /// <param name="stem">The name without its ending.</param>
    /// <param name="ending">Such as <c>.eml</c>, or nothing.</param>
    public string Take(string stem, string ending)
    {
        string name = stem + ending;
        if (_taken.Add(Compose(name)))
        {
            return name;
        }

        int number = _next.TryGetValue(name, out int next) ? next : 2;
        string numbered;
        do
        {
            numbered = stem + " (" + number++.ToString(CultureInfo.InvariantCulture) + ")" + ending;
        }
        while (!_taken.Add(Compose(numbered)));
        _next[name] = number;
        return numbered;
    }

    private static string Compose(string name)
    {
        try
        {
            return name.Normalize(NormalizationForm.FormC);
        }
        catch (ArgumentException)
        {
            // Some file systems hold names that are no text.
            return name;
        }
    }
}
