namespace PstMigration.Mapi;

/// <summary>How two forms of a body relate.</summary>
internal enum BodyRelation
{
    /// <summary>They say the same.</summary>
    Same,

    /// <summary>The stored text is the same but for letters its code page does not have.</summary>
    Poorer,

    /// <summary>They differ, and have most of what the shorter one says in common.</summary>
    Similar,

    /// <summary>They have little in common.</summary>
    Different,
}
