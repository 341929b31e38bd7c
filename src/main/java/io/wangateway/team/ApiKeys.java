package io.wangateway.team;

import java.util.List;
import java.util.Optional;

import jakarta.persistence.LockModeType;

import org.springframework.data.domain.Limit;
import org.springframework.data.domain.Sort;
import org.springframework.data.jpa.repository.Lock;
import org.springframework.data.repository.Repository;

/** The keys of all teams. */
interface ApiKeys extends Repository<ApiKey, Integer> {

	ApiKey saveAndFlush(ApiKey key);

	Optional<ApiKey> findByIdAndTeamId(int id, int teamId);

	/** Find a key that is about to change, and let no one else change it meanwhile. */
	@Lock(LockModeType.PESSIMISTIC_WRITE)
	Optional<ApiKey> findToChangeByIdAndTeamId(int id, int teamId);

	List<ApiKey> findByTeamIdAndIdBetween(int teamId, int from, int to, Sort sort, Limit limit);

}
