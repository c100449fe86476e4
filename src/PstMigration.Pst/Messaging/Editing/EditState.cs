namespace PstMigration.Pst.Messaging;

/// <summary>
/// Whether the changes made so far fit together. Where an error comes in the middle of one, they do not, and only what was committed
/// before is left.
/// </summary>
internal sealed class EditState
{
    /// <summary>Whether nothing more can be done with the file but to let go of it.</summary>
    public bool IsBroken { get; private set; }

    /// <summary>Makes a change that cannot be taken back.</summary>
    public void Apply(Action change)
    {
        bool wasBroken = IsBroken;
        IsBroken = true;
        change();
        IsBroken = wasBroken;
    }

    /// <summary>Something outside of a change has failed permanently.</summary>
    public void Break() => IsBroken = true;
}
