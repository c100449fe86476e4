using System.Globalization;
using System.Text;

namespace PstMigration.Mapi;

/// <summary>
/// The names from below the root of a store down to a folder. Written with <c>/</c> between them; a <c>/</c> or <c>\</c>
/// inside a name is written <c>\/</c> or <c>\\</c>; the root is written <c>/</c>. A <c>\</c> before anything else separates, as people write who know
/// paths of Windows. Names compare without case, as Outlook does.
/// </summary>
public sealed class FolderPath : IEquatable<FolderPath>
{
    /// <summary>The root itself: no names.</summary>
    public static readonly FolderPath Root = new([]);

    private readonly string[] _names;

    // All items of a folder ask for these. Two threads that make them at once make the same.
    private string? _text;
    private long _folded;

    /// <summary>A path of these names.</summary>
    public FolderPath(IEnumerable<string> names) => _names = names.ToArray();

    /// <summary>The names, outermost first.</summary>
    public IReadOnlyList<string> Names => _names;

    /// <summary>The last name; empty for the root.</summary>
    public string Name => _names.Length == 0 ? "" : _names[^1];

    /// <summary>The folder that holds this one; the root is its own parent.</summary>
    public FolderPath Parent => _names.Length == 0 ? this : new FolderPath(_names.Take(_names.Length - 1));

    /// <summary>Reads the written form. Empty parts are left out.</summary>
    public static FolderPath Parse(string text)
    {
        if (text is null)
        {
            throw new ArgumentNullException(nameof(text));
        }

        List<string> names = [];
        StringBuilder name = new();
        for (int i = 0; i <= text.Length; i++)
        {
            bool escapes = i + 1 < text.Length && text[i] == '\\' && text[i + 1] is '/' or '\\';
            if (i == text.Length || text[i] == '/' || (text[i] == '\\' && !escapes))
            {
                if (name.Length > 0)
                {
                    names.Add(name.ToString());
                }

                name.Clear();
            }
            else
            {
                name.Append(escapes ? text[++i] : text[i]);
            }
        }

        return new FolderPath(names);
    }

    /// <summary>The folder of that name in this one.</summary>
    public FolderPath Append(string name) => new(_names.Append(name));

    /// <summary>The path with a number behind its name, as "Projects (2)": what a folder is called whose own name is taken.</summary>
    /// <param name="number">The number, from 2.</param>
    public FolderPath WithNumber(int number) => Parent.Append(string.Format(CultureInfo.InvariantCulture, "{0} ({1})", Name, number));

    /// <summary>The path without the number of <see cref="WithNumber"/>; null where its name has none.</summary>
    public FolderPath? WithoutNumber()
    {
        int open = Name.LastIndexOf(" (", StringComparison.Ordinal);
        return open > 0 && Name[^1] == ')' && int.TryParse(Name.Substring(open + 2, Name.Length - open - 3), NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number > 1
            ? Parent.Append(Name.Substring(0, open))
            : null;
    }

    /// <inheritdoc/>
    public bool Equals(FolderPath? other) => other is not null && _names.SequenceEqual(other._names, StringComparer.OrdinalIgnoreCase);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as FolderPath);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        HashCode hash = default;
        foreach (string name in _names)
        {
            hash.Add(name, StringComparer.OrdinalIgnoreCase);
        }

        return hash.ToHashCode();
    }

    /// <inheritdoc/>
    public override string ToString() => _text ??= _names.Length == 0 ? "/" : string.Join("/", _names.Select(n => n.Replace(@"\", @"\\").Replace("/", @"\/")));

    /// <summary>As <see cref="Fold.Of(FolderPath)"/> gives it.</summary>
    internal long Folded()
    {
        long folded = Volatile.Read(ref _folded);
        if (folded == 0)
        {
            folded = Fold.Of(ToString().ToUpperInvariant());
            Volatile.Write(ref _folded, folded);
        }

        return folded;
    }
}
