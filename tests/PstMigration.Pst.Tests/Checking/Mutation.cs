namespace PstMigration.Pst.Tests.Checking;

/// <summary>A change to a sound file, and the rules it breaks.</summary>
/// <param name="Rule">The rule it is there for.</param>
/// <param name="File">The sound file.</param>
/// <param name="Apply">The change.</param>
internal sealed record Mutation(PstCheckRule Rule, Func<PstPatch> File, Action<PstPatch> Apply)
{
    /// <summary>Rules that cannot but be broken along with it.</summary>
    public IReadOnlyList<PstCheckRule> Also { get; init; } = [];

    /// <summary>Whether the rules for our own writer are applied too.</summary>
    public bool Own { get; init; } = true;

    public override string ToString() => Rule.Id;
}
