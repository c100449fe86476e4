using PstMigration.Mapi;
using PstMigration.Pst.Ltp;
using PstMigration.Pst.Ltp.Editing;
using PstMigration.Pst.Ndb;

namespace PstMigration.Pst.Messaging;

/// <summary>Changes the properties of a node.</summary>
internal static class PropertyChanges
{
    /// <summary>Sets the properties of a list and takes others away.</summary>
    /// <exception cref="MailDataException">A value cannot be read or has no form in a file; PstDamaged, PstWriteFailed.</exception>
    public static void Save(INodeStore store, NodeId id, PropertyList values, IEnumerable<ushort>? removed = null)
    {
        PropertyContextEditor node = PropertyContextEditor.Open(store, id);
        foreach (ushort property in removed ?? [])
        {
            node.Remove(property);
        }

        foreach (PropertyTag tag in values.ToTags())
        {
            values.TryGet(tag.Id, out PropertyValue value);
            node.Set(tag, value);
        }

        node.Save();
    }
}
