using System.Globalization;

namespace PstMigration.Pst;

/// <summary>Something that holds in every sound file.</summary>
public sealed class PstCheckRule
{
    private readonly string _meaning;

    internal PstCheckRule(
        string id,
        PstFindingSeverity severity,
        string meaning,
        PstRuleScope appliesTo = PstRuleScope.Any,
        PstFormats formats = PstFormats.All)
    {
        Id = id;
        Severity = severity;
        AppliesTo = appliesTo;
        Formats = formats;
        _meaning = meaning;
    }

    /// <summary>
    /// A stable id: the layer (NDB, LTP, MSG; CHK for the check itself) and the number of the invariant in <c>docs/checks.md</c>,
    /// with a letter where an invariant falls into several rules.
    /// </summary>
    public string Id { get; }

    /// <summary>How bad it is when the rule is broken.</summary>
    public PstFindingSeverity Severity { get; }

    /// <summary>Whose files have to keep it.</summary>
    public PstRuleScope AppliesTo { get; }

    /// <summary>The formats in which the rule means something.</summary>
    public PstFormats Formats { get; }

    /// <summary>What it means for the owner of the file that the rule is broken, in the language of the current culture.</summary>
    public string Meaning => Text("CheckMeaning" + _meaning);

    /// <summary>What is wrong, in the language of the current culture, with places for figures.</summary>
    internal string MessageFormat => Text("Check_" + Id.Replace('-', '_'));

    /// <inheritdoc/>
    public override string ToString() => Id;

    private static string Text(string key) => Strings.ResourceManager.GetString(key, CultureInfo.CurrentUICulture) ?? key;
}
