namespace PstMigration.Pst;

/// <summary>The parts of a check, in order.</summary>
public enum PstCheckPhase
{
    /// <summary>Header, B-trees.</summary>
    Trees,

    /// <summary>Allocation maps.</summary>
    Maps,

    /// <summary>Blocks.</summary>
    Blocks,

    /// <summary>Nodes: folders, items, tables.</summary>
    Nodes,
}
