using System;
using System.Collections.Generic;
using System.Text;
using PstMigration.Mapi;

namespace PstMigration.Pst.Messaging;

/// <summary>The markers of the items in a file. 128 bits of each marker's hash: a million take some 30 MB, and two never meet by chance.</summary>
internal sealed class MarkerIndex
{
    private const int GuidLength = 16;
    private readonly HashSet<Guid> _markers = [];

    public bool Contains(string marker) => _markers.Contains(Fold(marker));

    public void Add(string marker) => _markers.Add(Fold(marker));

    private static Guid Fold(string marker) => new(Sha256.Hash(Encoding.UTF8.GetBytes(marker)).AsSpan(0, GuidLength).ToArray());
}
