package io.wangateway.team;

import java.util.List;
import java.util.Optional;

import jakarta.persistence.LockModeType;

import org.springframework.data.domain.Limit;
import org.springframework.data.domain.Sort;
import org.springframework.data.jpa.repository.Lock;
import org.springframework.data.repository.Repository;

/** The teams. */
interface Teams extends Repository<Team, Integer> {

	Team saveAndFlush(Team team);

	Optional<Team> findById(int id);

	boolean existsById(int id);

	/** Find a team that is about to change, and let no one else change it meanwhile. */
	@Lock(LockModeType.PESSIMISTIC_WRITE)
	Optional<Team> findToChangeById(int id);

	List<Team> findByIdBetween(int from, int to, Sort sort, Limit limit);

}
