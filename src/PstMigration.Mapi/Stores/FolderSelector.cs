namespace PstMigration.Mapi;

/// <summary>
/// Chooses folders by what a person types: a path in any language (<c>受信トレイ/請求書</c>), a role (<c>Inbox</c>), a role with a path below
/// it (<c>Inbox/2019</c>), or wildcards over the path, where <c>*</c> goes across <c>/</c>. Brackets are just brackets, as in
/// <c>[Gmail]</c>. Names compare without case. Where nothing has such a name, a default folder may be called by its name in another language, and a yen sign,
/// which is where Japanese keyboards have the backslash, separates.
/// </summary>
public sealed class FolderSelector
{
    private readonly FolderPath _typed;
    private readonly FolderRole _role;
    private readonly HashSet<FolderPath>? _chosen;
    private readonly bool _isLiteral;

    private FolderSelector(FolderPath typed, FolderRole role, HashSet<FolderPath>? chosen = null, bool mayChooseNothing = false, bool isLiteral = false)
    {
        _typed = typed;
        _role = role;
        _chosen = chosen;
        _isLiteral = isLiteral;
        HasWildcards = chosen is null ? !isLiteral && typed.Names.Any(Wildcard.IsPattern) : mayChooseNothing;
    }

    /// <summary>Whether it may rightly choose nothing.</summary>
    public bool HasWildcards { get; }

    /// <summary>Whether what is below the folders is meant too.</summary>
    public bool IncludesBelow => _chosen is null;

    /// <summary>Just the folders of these paths, without what is below them.</summary>
    public static FolderSelector Exactly(IEnumerable<FolderPath> paths) => new(FolderPath.Root, FolderRole.None, [.. paths], mayChooseNothing: true);

    /// <summary>Just the folder of this path, without what is below it; it has to be there.</summary>
    public static FolderSelector Exactly(FolderPath path) => new(path, FolderRole.None, [path]);

    /// <summary>Reads what was typed; the separators are those of <see cref="FolderPath"/>.</summary>
    public static FolderSelector Parse(string text)
    {
        FolderPath typed = FolderPath.Parse(text);
        IReadOnlyList<string> names = typed.Names;

        // Enum.TryParse reads numbers too, and a folder may well be called "2019".
        FolderRole role = FolderRole.None;
        bool named = names.Count > 0 && names[0].All(char.IsLetter) && Enum.TryParse(names[0], ignoreCase: true, out role);
        return new FolderSelector(typed, named ? role : FolderRole.None);
    }

    /// <summary>
    /// Reads what was typed as a path and nothing else: <c>*</c> and <c>?</c> are characters of names, <c>Inbox</c> is a name and no role, and a name in another
    /// language is another name. The separators are those of <see cref="Parse"/>.
    /// </summary>
    public static FolderSelector Literal(string text) => new(FolderPath.Parse(text), FolderRole.None, isLiteral: true);

    /// <summary>What may be meant where nothing is just what was typed.</summary>
    public IEnumerable<FolderSelector> OtherReadings()
    {
        if (_chosen is not null)
        {
            yield break;
        }

        FolderPath typed = ParseTyped(ToString());
        if (!typed.Equals(_typed))
        {
            FolderSelector separated = _isLiteral ? Literal(typed.ToString()) : Parse(typed.ToString());
            yield return separated;
            foreach (FolderSelector other in separated.OtherReadings())
            {
                yield return other;
            }
        }

        if (!_isLiteral && _role == FolderRole.None && typed.Names.Count > 0 && FolderNames.Find(typed.Names[0]) is var role and not FolderRole.None)
        {
            yield return new FolderSelector(_typed, role);
        }
    }

    /// <summary>Reads a path that names what need not exist: a yen sign separates.</summary>
    public static FolderPath ParseTyped(string text) => FolderPath.Parse(
        (text ?? throw new ArgumentNullException(nameof(text))).Replace('\uFFE5', '/').Replace('\u00A5', '/'));

    /// <summary>Whether the folder itself is chosen.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="roleOf">The role of the folder or of one above it.</param>
    public bool Matches(FolderPath path, Func<FolderPath, FolderRole> roleOf)
    {
        if (_chosen is not null)
        {
            return _chosen.Contains(path);
        }

        if (Fits(path.Names, _typed.Names))
        {
            return true;
        }

        if (_role == FolderRole.None)
        {
            return false;
        }

        IReadOnlyList<string> below = [.. _typed.Names.Skip(1)];
        for (FolderPath head = path; ; head = head.Parent)
        {
            if (roleOf(head) == _role && Fits([.. path.Names.Skip(head.Names.Count)], below))
            {
                return true;
            }

            if (head.Names.Count == 0)
            {
                return false;
            }
        }
    }

    /// <summary>Whether it is just the path of this folder, read neither as a role nor as a pattern.</summary>
    public bool Names(FolderPath path) => _chosen?.Contains(path) ?? _typed.Equals(path);

    /// <summary>As it was typed.</summary>
    public override string ToString() => _typed.ToString();

    private bool Fits(IReadOnlyList<string> names, IReadOnlyList<string> pattern) => HasWildcards
        ? Wildcard.IsMatch(Written(names), Written(pattern))
        : new FolderPath(names).Equals(new FolderPath(pattern));

    // Of no names nothing is written, which * fits and ? does not.
    private static string Written(IReadOnlyList<string> names) => names.Count == 0 ? "" : new FolderPath(names).ToString();
}
