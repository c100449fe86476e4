namespace PstMigration.Pst;

/// <summary>How much is checked.</summary>
public sealed record PstCheckOptions
{
    private readonly int _maxFindingsPerRule = 100;

    /// <summary>The defaults: everything, by the rules for any writer.</summary>
    public static readonly PstCheckOptions Default = new();

    /// <summary>Header, B-trees and maps only; no block is read.</summary>
    public bool Quick { get; init; }

    /// <summary>Also applies the rules only this library's own files have to keep (<see cref="PstRuleScope.OurWriter"/>).</summary>
    public bool OwnWriter { get; init; }

    /// <summary>How often a rule is reported before further findings are only counted; at least 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Less than 1.</exception>
    public int MaxFindingsPerRule
    {
        get => _maxFindingsPerRule;
        init => _maxFindingsPerRule = value >= 1 ? value : throw new ArgumentOutOfRangeException(nameof(value));
    }
}
