using System.Globalization;
using System.Resources;

namespace PstMigration.Mapi;

/// <summary>
/// An error as a value: its stable name, its kind, and what to do about it. Each room declares its own, in a class <c>…ErrorIds</c>. A name never changes its
/// meaning.
/// </summary>
public sealed class ErrorId
{
    private readonly ResourceManager _texts;

    /// <summary>An error.</summary>
    /// <param name="name">A noun phrase in Pascal case, such as PstTruncated.</param>
    /// <param name="kind">What kind of error it is.</param>
    /// <param name="texts">The room's texts; <c>Advice_</c> and the name is what to do.</param>
    /// <param name="endsRun">Whether nothing more can be read or written after it, so that a run ends: a full disk, a lost sign-in.</param>
    public ErrorId(string name, ErrorKind kind, ResourceManager texts, bool endsRun = false)
    {
        Name = name ?? throw new ArgumentNullException(nameof(name));
        Kind = kind;
        EndsRun = endsRun;
        _texts = texts ?? throw new ArgumentNullException(nameof(texts));
    }

    /// <summary>The stable name; cmdlets use it as the error id.</summary>
    public string Name { get; }

    /// <summary>What kind of error it is.</summary>
    public ErrorKind Kind { get; }

    /// <summary>Whether a run ends with it.</summary>
    public bool EndsRun { get; }

    /// <summary>What a user can do, in a language.</summary>
    /// <param name="culture">The language; null for the user's.</param>
    public string? Advice(CultureInfo? culture = null) => _texts.GetString("Advice_" + Name, culture);

    /// <inheritdoc/>
    public override string ToString() => Name;
}
